package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.task.TaskRenamed;
import java.util.List;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AppendTest extends StoreTest {

    @Test
    void whatIsReadIsWhatWasAppended() {
        store.appendEvents(renamed("task-1", 0), described("task-1", 1));

        DomainEventMessage<?> read =
                store.readEvents("task-1").asStream().toList().get(1);

        assertThat(read.getPayload()).isEqualTo(described("task-1", 1).getPayload());
        assertThat(read.getAggregateIdentifier()).isEqualTo("task-1");
        assertThat(read.getSequenceNumber()).isEqualTo(1);
        assertThat(read.getType()).isEqualTo("task");
        assertThat(read.getTimestamp()).isEqualTo(AT);
        assertThat(read.getMetaData())
                .containsEntry(EventMetadata.ACTOR, "user-1")
                .containsEntry(EventMetadata.ACTOR_KIND, "USER")
                .containsEntry(EventMetadata.REQUEST_ID, "request-1")
                .containsEntry(EventMetadata.CORRELATION_ID, "correlation-1")
                .containsEntry("domain_id", "domain-1")
                .containsEntry("workspace_id", "workspace-1")
                .containsEntry("project_id", "project-1")
                .containsEntry("request_last", true)
                .containsKey("hash")
                .doesNotContainKey(EventMetadata.CALLER);
    }

    @Test
    void whatTheDatabaseRefusesIsNotInTheError() {
        var unstorable = renamed("task-1", 0).andMetaData(new EventScope("domain-1", "\0", "").asMetaData());

        assertThatThrownBy(() -> store.appendEvents(unstorable))
                .isInstanceOf(DataIntegrityViolationException.class)
                .satisfies(refusal -> assertThat(Throwables.getStackTrace(refusal))
                        .contains("invalid byte sequence")
                        .doesNotContain("name 0"));
    }

    @Test
    void theLastEventOfARequestSaysSo() {
        store.appendEvents(renamed("task-1", 0), renamed("task-1", 1), renamed("task-1", 2));

        assertThat(all())
                .extracting(event -> event.getMetaData().get("request_last"))
                .containsExactly(false, false, true);
    }

    @Test
    void theIndexBeginsAtOneAndHasNoHoles() {
        store.appendEvents(renamed("task-1", 0), renamed("task-1", 1));
        assertThatThrownBy(() -> store.appendEvents(renamed("task-1", 1))).isInstanceOf(ConcurrencyException.class);
        store.appendEvents(renamed("task-2", 0));

        assertThat(all()).extracting(StoreTest::index).containsExactly(1L, 2L, 3L);
        assertThat(store.head()).isEqualTo(3);
    }

    @Test
    void anEventIsStoredUnderItsStableNameAsTheContractWritesIt() {
        store.appendEvents(renamed("task-1", 0));

        assertThat(sql.queryForMap("select event_name, revision, payload::text, aggregate_type from domain_event"))
                .containsEntry("event_name", "task.renamed")
                .containsEntry("revision", 1)
                .containsEntry("aggregate_type", "task")
                .containsEntry(
                        "payload", "{\"task_id\":\"task-1\",\"name\":\"name 0\",\"at\":\"2026-01-02T03:04:05.678Z\"}");
        assertThat(sql.queryForObject("select metadata::text from domain_event", String.class))
                .isEqualTo("{\"actor\":\"user-1\",\"actor_kind\":\"USER\",\"request_id\":\"request-1\","
                        + "\"correlation_id\":\"correlation-1\",\"request_last\":true}");
    }

    @Test
    void thePlaceOfTheCommandInItsTraceIsKeptWhereItHasOne() {
        String place = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        store.appendEvents(renamed("task-1", 0).andMetaData(Map.of(EventMetadata.TRACEPARENT, place)));

        assertThat(sql.queryForObject("select metadata ->> 'traceparent' from domain_event", String.class))
                .isEqualTo(place);
        assertThat(all())
                .extracting(event -> event.getMetaData().get(EventMetadata.TRACEPARENT))
                .containsExactly(place);
    }

    @Test
    void whoIsOvertakenOnTheSameAggregateIsRefusedByItsName() {
        store.appendEvents(renamed("task-1", 0), renamed("task-1", 1));

        assertThatThrownBy(() -> store.appendEvents(renamed("task-1", 1)))
                .isInstanceOf(ConcurrencyException.class)
                .hasMessageContaining("task-1");
        assertThatThrownBy(() -> store.appendEvents(renamed("task-1", 3))).isInstanceOf(ConcurrencyException.class);
        assertThat(meters.get("opsflow.append.conflicts").counter().count()).isEqualTo(2);
    }

    @Test
    void anIdThatIsTakenIsNoLostRace() {
        store.appendEvents(renamed("task-1", 0));

        assertThatThrownBy(() -> store.appendEvents(renamed("task-1", 0)))
                .isInstanceOf(DuplicateIdException.class)
                .hasMessageContaining("task-1");
    }

    @Test
    void whoDecidedByWhatHasChangedIsRefused() {
        store.appendEvents(renamed("category-1", 0));
        append(Map.of("category-1", 0L), renamed("task-1", 0));
        store.appendEvents(renamed("category-1", 1));

        assertThatThrownBy(() -> append(Map.of("category-1", 0L), renamed("task-2", 0)))
                .isInstanceOf(ConcurrencyException.class)
                .hasMessageContaining("category-1");
        assertThat(store.lastSequenceNumberFor("task-2")).isEmpty();
    }

    @Test
    void whoDecidedByWhatWasNotThereIsRefusedOnceItIs() {
        append(Map.of("category-1", AppendCondition.ABSENT), renamed("task-1", 0));
        store.appendEvents(renamed("category-1", 0));

        assertThatThrownBy(() -> append(Map.of("category-1", AppendCondition.ABSENT), renamed("task-2", 0)))
                .isInstanceOf(ConcurrencyException.class)
                .hasMessageContaining("category-1");
    }

    @Test
    void nothingIsChangedOrRemoved() {
        store.appendEvents(renamed("task-1", 0));

        for (String statement : List.of(
                "update domain_event set payload = '{}'", "delete from domain_event", "truncate domain_event")) {
            assertThatThrownBy(() -> sql.execute(statement))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("never changed or removed");
        }
    }

    @Test
    void onlyEventsOfAggregatesWithADomainAreStored() {
        DomainEvent payload = new TaskRenamed("task-1", "name", AT);

        assertThatThrownBy(() -> store.appendEvents(GenericEventMessage.asEventMessage(payload)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.appendEvents(
                        new GenericDomainEventMessage<>("Task", "task-1", 0, payload, MetaData.emptyInstance())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("domain");
        assertThatThrownBy(() ->
                        store.appendEvents(event("task-1", 0, new TaskRenamed("task-1", "name", AT.plusNanos(1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("milliseconds");
    }

    @Test
    void longHistoriesAreReadPageByPage() {
        int many = 2 * EventReader.PAGE + 1;
        for (int i = 0; i < many; i++) {
            store.appendEvents(renamed("task-1", i));
        }

        assertThat(store.readEvents("task-1").asStream()).hasSize(many);
        assertThat(store.readEvents("task-1", many - 2).asStream()).hasSize(2);
        assertThat(store.lastSequenceNumberFor("task-1")).contains(many - 1L);
        assertThat(all()).extracting(StoreTest::index).isSorted().hasSize(many).endsWith((long) many);
        assertThat(store.readEvents(new GlobalSequenceTrackingToken(many - 3), true))
                .hasSize(3);
    }

    @Test
    void largeEventsComeInPagesThatFitIntoMemory() {
        int many = 12;
        String name = "x".repeat(EventReader.PAGE_BYTES / 4);
        for (int i = 0; i < many; i++) {
            store.appendEvents(event("task-1", i, new TaskRenamed("task-1", name, AT)));
        }

        assertThat(tail(0).events()).hasSize(4);
        assertThat(tail(0).more()).isTrue();
        assertThat(tail(8).more()).isTrue();
        assertThat(tail(9).events()).hasSize(3);
        assertThat(tail(9).more()).isFalse();
        assertThat(store.readEvents("task-1").asStream()).hasSize(many);
        assertThat(all()).hasSize(many);
    }

    /** All that are asked for have to be measured, so behind large ones few more are than fit into a page. */
    @Test
    void aPageSaysHowManyToAskForBehindIt() {
        String name = "x".repeat(EventReader.PAGE_BYTES / 4);
        for (int i = 0; i < 6; i++) {
            store.appendEvents(event("task-1", i, new TaskRenamed("task-1", name, AT)));
        }
        for (int i = 6; i < 20; i++) {
            store.appendEvents(renamed("task-1", i));
        }

        assertThat(tail(0))
                .extracting(page -> page.events().size(), TailPage::next)
                .containsExactly(4, 8);
        assertThat(store.tail(4, 8))
                .as("larger pages again where the events are small")
                .extracting(page -> page.events().size(), TailPage::more, TailPage::next)
                .containsExactly(8, true, 16);
        assertThat(store.tail(12, 16))
                .as("the end of the store says nothing of what comes")
                .extracting(page -> page.events().size(), TailPage::more, TailPage::next)
                .containsExactly(8, false, TailPage.FIRST);
        assertThat(store.tail(0, List.of("task.renamed"), 2).events()).hasSize(2);
        assertThat(store.readEvents("task-1").asStream()).hasSize(20);
    }

    private TailPage tail(long after) {
        return store.tail(after, TailPage.FIRST);
    }

    @Test
    void whatIsLookedUpByItsKeyIsPlannedOnce() {
        store.appendEvents(renamed("task-1", 0));

        // All by one connection, as it tells of its own plans only.
        List<Long> plans = new TransactionTemplate(new JdbcTransactionManager(dataSource)).execute(transaction -> {
            for (int i = 0; i < 12; i++) {
                assertThat(store.lastSequenceNumberFor("task-1")).hasValue(0L);
            }
            return sql.queryForList("""
                    select custom_plans from pg_prepared_statements
                     where statement like 'select max(sequence) from domain_event where aggregate_id = %'
                    """, Long.class);
        });

        assertThat(plans).containsExactly(0L);
    }

    @Test
    void tokensAreBeforeTheFirstAtTheLastAndAtATime() {
        assertThat(store.createHeadToken()).isEqualTo(store.createTailToken());

        store.appendEvents(renamed("task-1", 0), renamed("task-1", 1), renamed("task-1", 2));

        assertThat(store.createTailToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(store.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(3));
        assertThat(store.createTokenAt(AT.plusMillis(1))).isEqualTo(new GlobalSequenceTrackingToken(1));
        assertThat(store.createTokenAt(AT.plusSeconds(1))).isEqualTo(new GlobalSequenceTrackingToken(3));
    }

    @Test
    void anEventOfANewerVersionPassesAlongTheTailButNoAggregateIsMadeWithoutIt() {
        store.appendEvents(renamed("task-1", 0));
        sql.update("""
                insert into domain_event
                select 2, aggregate_type, aggregate_id, 1, gen_random_uuid(), 'task.teleported', 7, occurred_at,
                       domain_id, workspace_id, project_id, '{"to": "Mars"}', metadata, hash
                  from domain_event
                """);

        assertThat(all()).hasSize(2);
        assertThatCode(() -> all().get(1).getPayloadType()).doesNotThrowAnyException();
        assertThatThrownBy(() -> store.readEvents("task-1").asStream().toList())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("task.teleported.v7");
    }
}
