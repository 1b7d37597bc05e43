package io.opsflow.commandside.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A superuser tampers with the store; he must switch the trigger off that keeps it append-only. */
class VerifyTest extends ToolTest {

    private static final String TAMPER = """
            alter table domain_event disable trigger domain_event_is_append_only;
            %s;
            alter table domain_event enable trigger domain_event_is_append_only
            """;

    /** For each type of column the smallest change there is. */
    private static final Map<String, String> CHANGES = Map.of(
            "bigint", "%s = %s + 1000",
            "integer", "%s = %s + 1",
            "text", "%s = %s || ' '",
            "uuid", "%s = overlay(%s::text placing '0f' from 1 for 2)::uuid",
            "timestamp with time zone", "%s = %s + interval '1 millisecond'",
            "json", "%s = (%s::text || ' ')::json",
            "bytea", "%s = set_byte(%s, 31, 255 - get_byte(hash, 31))");

    /** The chain computed anew by someone who knows its layout, without any of this program's code. */
    private static final String CHAIN_ANEW =
            """
            do $$
            declare
                event record;
                previous bytea := decode(repeat('00', 32), 'hex');
            begin
                for event in select * from domain_event order by global_index loop
                    previous := sha256(previous || int8send(event.global_index)
                        || t(event.aggregate_type) || t(event.aggregate_id) || int8send(event.sequence)
                        || uuid_send(event.event_id) || t(event.event_name) || int4send(event.revision)
                        || int8send((extract(epoch from event.occurred_at) * 1000)::bigint)
                        || t(event.domain_id) || t(event.workspace_id) || t(event.project_id)
                        || t(event.payload::text) || t(event.metadata::text));
                    update domain_event set hash = previous where global_index = event.global_index;
                end loop;
            end $$
            """.replaceAll("\\bt\\(([a-z_.:]+)\\)", "(int4send(octet_length($1)) || convert_to($1, 'UTF8'))");

    private static final String INSERT = """
            insert into domain_event
            select %s, aggregate_type, aggregate_id, 1000, gen_random_uuid(), event_name, revision, occurred_at,
                   domain_id, workspace_id, project_id, payload, metadata, hash
              from domain_event where global_index = 6
            """;

    private static final String INSERT_BEFORE_7 = """
            update domain_event set global_index = global_index + 1000 where global_index >= 7;
            update domain_event set global_index = global_index - 999 where global_index > 1000;
            """ + INSERT.formatted(7);

    private static final String REMOVE_AND_RENUMBER = """
            delete from domain_event where global_index = %1$d;
            update domain_event set global_index = global_index + 1000 where global_index > %1$d;
            update domain_event set global_index = global_index - 1001 where global_index > 1000
            """;

    private static final String EXCHANGE_WITH_THE_NEXT = """
            update domain_event set global_index = 1000 where global_index = %1$d;
            update domain_event set global_index = %1$d where global_index = %1$d + 1;
            update domain_event set global_index = %1$d + 1 where global_index = 1000
            """;

    @Test
    void aWholeStoreIsToldWithItsSpeedAndItsHead() {
        Result result = runOnTopic(topic, "verify");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).hasSize(4);
        assertThat(result.out().get(0)).matches("checked 20 events in \\d+\\.\\d s \\(\\d+ events/s\\)");
        assertThat(result.out().get(1)).matches("head 20:[0-9a-f]{64}");
        assertThat(result.out().get(2)).matches("compared 20 events in .* on the topic");
        assertThat(result.out().get(3)).isEqualTo("the store is whole");
        assertThat(result.code()).isZero();
    }

    @Test
    void anEmptyStoreIsWholeAndItsHeadIsZero() {
        tamper("delete from domain_event");

        Result result = runAlone("verify", "--head", "0:" + "0".repeat(64));

        assertThat(result.out()).contains("head 0:" + "0".repeat(64));
        assertThat(result.code()).isZero();
    }

    static List<String> columns() {
        return sql(original)
                .sql("select column_name from information_schema.columns where table_name = 'domain_event'")
                .query(String.class)
                .list();
    }

    @ParameterizedTest
    @MethodSource("columns")
    void aChangeOfAnyColumnIsNamed(String column) {
        String type = sql(url).sql(
                        "select data_type from information_schema.columns where table_name = 'domain_event' and column_name = ?")
                .param(column)
                .query(String.class)
                .single();
        tamper("update domain_event set %s where global_index = 7"
                .formatted(CHANGES.get(type).formatted(column, column)));

        assertFound(
                runAlone("verify"),
                switch (column) {
                    case "global_index" -> "event 7 was removed";
                    case "hash" -> "event 7 was changed: its hash";
                    default -> "event 7 was changed";
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "occurred_at", "hash"})
    void aColumnThatHoldsNothingAnyMoreIsNamed(String column) {
        tamper(
                "alter table domain_event alter %1$s drop not null; update domain_event set %1$s = null where global_index = 7"
                        .formatted(column));

        assertFound(
                runAlone("verify"), column.equals("hash") ? "event 7 was changed: its hash" : "event 7 was changed");
    }

    @Test
    void aTimeThatIsNoneIsNamed() {
        tamper("update domain_event set occurred_at = 'infinity' where global_index = 7");

        assertFound(runAlone("verify"), "event 7 was changed");
    }

    @Test
    void theFirstOfSeveralIsNamedAndAllAreCounted() {
        tamper("update domain_event set event_name = 'x' where global_index in (5, 9)");

        assertFound(runAlone("verify"), "event 5 was changed", "the chain breaks at 2 places in all");
    }

    @Test
    void aRemovedEventIsNamed() {
        tamper("delete from domain_event where global_index = 7");
        assertFound(runAlone("verify"), "event 7 was removed");
    }

    @Test
    void removedEventsAreNamedAlsoAtTheBeginning() {
        tamper("delete from domain_event where global_index < 4");
        assertFound(runAlone("verify"), "events 1 to 3 were removed");
    }

    @Test
    void aRemovedEventIsNamedAlsoWhereThereIsNoHole() {
        tamper(REMOVE_AND_RENUMBER.formatted(7));
        assertFound(runAlone("verify"), "event 7 was removed, and what follows it renumbered");
    }

    @Test
    void anInsertedEventIsNamed() {
        tamper(INSERT_BEFORE_7);
        assertFound(runAlone("verify"), "event 7 was inserted");
    }

    @Test
    void anInsertedEventIsNamedAlsoWhereItFollowsFromTheOneBefore() {
        List<String> hashes = hashes();
        tamper(INSERT_BEFORE_7 + ";" + CHAIN_ANEW);
        for (int i = 7; i <= EVENTS; i++) {
            tamper("update domain_event set hash = decode('%s', 'hex') where global_index = %d"
                    .formatted(hashes.get(i - 1), i + 1));
        }
        assertFound(runAlone("verify"), "event 7 was inserted");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, EVENTS - 1})
    void eventsThatChangedPlacesAreNamed(int index) {
        tamper(EXCHANGE_WITH_THE_NEXT.formatted(index));
        assertFound(runAlone("verify"), "events %d and %d were exchanged".formatted(index, index + 1));
    }

    @Test
    void whereTooLittleFollowsToTellItIsSaidWhatItMayBe() {
        tamper(REMOVE_AND_RENUMBER.formatted(EVENTS - 1));
        assertFound(runAlone("verify"), "event 19 was changed or inserted, or removed and what follows it renumbered");
    }

    @Test
    void anEventIsNotCalledInsertedForCertainWhereMoreIsWrongBehindIt() {
        tamper(INSERT_BEFORE_7 + ";" + REMOVE_AND_RENUMBER.formatted(9));
        assertFound(runAlone("verify"), "event 7 was inserted or moved");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void anEventBeforeTheFirstIsNamed(long index) {
        tamper(INSERT.formatted("'%d'".formatted(index)));
        assertFound(runAlone("verify"), "event %d stands in a place that no event can have".formatted(index));
    }

    @Test
    void anEventWithoutAnIndexIsNamed() {
        tamper("alter table domain_event drop constraint domain_event_pkey;"
                + "alter table domain_event alter global_index drop not null;"
                + INSERT.formatted("null"));
        assertFound(runAlone("verify"), "event 0 stands in a place that no event can have");
    }

    @Test
    void aCutTailIsShownByAnEarlierHeadAndByTheTopicAlone() {
        String head = runAlone("verify").head();
        tamper("delete from domain_event where global_index > 15");

        assertThat(runAlone("verify").code()).isZero();
        assertFound(
                runAlone("verify", "--head", head),
                "the tail was cut: the store ends at event 15, the head given was event 20");
        assertFound(
                runOnTopic(topic, "verify"),
                "the tail was cut: the store ends at event 15, the topic has event 16",
                "5 records on the topic differ from the store in all");
    }

    @Test
    void aChainComputedAnewIsShownByAnEarlierHeadAndByTheTopicAlone() {
        String head = runAlone("verify").head();
        tamper("update domain_event set event_name = 'task.deleted' where global_index = 7;" + CHAIN_ANEW);

        assertThat(runAlone("verify").code()).isZero();
        assertThat(runAlone("verify", "--head", head))
                .satisfies(result -> assertThat(result.code()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out())
                        .anyMatch(line -> line.startsWith("the chain was computed anew at or before event 20: ")));
        assertFound(
                runOnTopic(topic, "verify"),
                "the chain was computed anew: event 7 has another hash on the topic",
                "14 records on the topic differ from the store in all");
    }

    @Test
    void whatTheTopicHasLostIsNamed() {
        String other = newName("events-");
        TopicContents.copy(topic, other, 7);
        isWhatTheRelayHasFilled(other);

        Result result = runOnTopic(other, "verify");

        assertThat(result.out())
                .containsSubsequence(
                        "event 7 is not on the topic, which had acknowledged it",
                        "1 events are missing on the topic in all",
                        "THE TOPIC IS NOT WHOLE");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void allOfATopicThatWasMadeAnewIsMissing() {
        String other = newName("events-");
        createTopic(other);
        isWhatTheRelayHasFilled(other);

        assertThat(runOnTopic(other, "verify").out())
                .endsWith(
                        "event 1 is not on the topic, which had acknowledged it",
                        "20 events are missing on the topic in all",
                        "THE TOPIC IS NOT WHOLE");
    }

    @Test
    void whatWasNeverSentIsNotMissed() {
        String other = newName("events-");
        createTopic(other);
        assertThat(runOnTopic(other, "verify").out()).endsWith("the store is whole");

        String later = newName("events-");
        assertThat(runOnTopic(later, "republish", "--topic", later, "--from", "11")
                        .code())
                .isZero();
        Result result = runOnTopic(later, "verify");
        assertThat(result.out()).endsWith("the store is whole").anyMatch(line -> line.startsWith("compared 10 "));
    }

    @Test
    void aChainThatIsComputedAsItWasIsTheSame() {
        tamper(CHAIN_ANEW);

        assertThat(runOnTopic(topic, "verify").code()).isZero();
    }

    @Test
    void aHeadOfBeforeStaysGoodWhenTheStoreGrows() {
        String sixth = "6:" + hashes().get(5);

        assertThat(runAlone("verify", "--head=" + sixth).code()).isZero();
        assertThat(runAlone("verify", "--head=7:" + hashes().get(5)).code()).isEqualTo(1);
    }

    @Test
    void whoMayOnlyReadCanVerify() {
        String reader = newName("reader").replace("-", "");
        sql(url).sql("create role %s login password 'reads'".formatted(reader)).update();
        sql(url).sql("grant usage on schema event_store to " + reader).update();
        sql(url).sql("grant select on domain_event to " + reader).update();

        Result result =
                run(Map.of("opsflow.event-store.user", reader, "opsflow.event-store.password", "reads"), "verify");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();

        Map<String, Object> withTheTopic = Map.of(
                "opsflow.event-store.user",
                reader,
                "opsflow.event-store.password",
                "reads",
                "opsflow.kafka.bootstrap",
                BROKER.bootstrapServers(),
                "opsflow.kafka.topic",
                topic);
        assertThat(run(withTheTopic, "verify"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(2))
                .satisfies(
                        refused -> assertThat(refused.err())
                                .containsExactly(
                                        "The event store at OPSFLOW_EVENT_STORE_URL did not answer: ERROR: permission denied for table relay_topic"));
        sql(url).sql("grant select on relay_topic, token_entry to " + reader).update();
        assertThat(run(withTheTopic, "verify").code()).isZero();
    }

    @Test
    void noLimitOfTheDatabaseEndsALongWalk() {
        String name = url.substring(url.lastIndexOf('/') + 1);
        for (String limit : List.of("idle_in_transaction_session_timeout", "transaction_timeout")) {
            sql(url).sql("alter database %s set %s = '1s'".formatted(name, limit))
                    .update();
        }
        // Every row takes a while, and all of them longer than the limits.
        sql(url).sql("alter table domain_event rename to kept").update();
        sql(url).sql("create view domain_event as select kept.*, pg_sleep(0.07)::text as slept from kept")
                .update();

        assertThat(runAlone("verify").code()).isZero();
    }

    /** As the store would know it if the relay had sent everything to this topic and not to the one of these tests. */
    private void isWhatTheRelayHasFilled(String other) {
        sql(url).sql("update token_entry set processor_name = replace(processor_name, :topic, :other)")
                .param("topic", topic)
                .param("other", other)
                .update();
        sql(url).sql("update relay_topic set topic = :other where topic = :topic")
                .param("topic", topic)
                .param("other", other)
                .update();
    }

    private void tamper(String sql) {
        sql(url).sql(TAMPER.formatted(sql)).update();
    }

    private List<String> hashes() {
        return sql(url).sql("select encode(hash, 'hex') from domain_event order by global_index")
                .query(String.class)
                .list();
    }

    private static void assertFound(Result result, String... findings) {
        assertThat(result.out()).contains(findings).endsWith("THE STORE IS NOT WHOLE");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
    }
}
