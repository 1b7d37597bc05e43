package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.error.ApiException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** A store is restored to an earlier point while nodes run on it, and nobody else could be asked. */
class StoreTrustTest extends StoreTest {

    private static final String GO_BACK = """
            alter table domain_event disable trigger domain_event_is_append_only;
            delete from domain_event where global_index > 2
            """;

    private StoreTrust trust;

    @BeforeEach
    void appendThree() {
        trust = new StoreTrust(sql);
        store.appendEvents(renamed("task-1", 0), renamed("task-1", 1), renamed("task-1", 2));
    }

    @Test
    void aStoreThatHasGoneBackTakesNothingFromAnyNodeUntilSomebodyDecides() {
        PostgresEventStorageEngine newcomer = engine();
        sql.execute(GO_BACK);

        assertRefused(store);
        assertThat(trust.look().doubt())
                .isEqualTo(
                        "The event store ends at event 2 and had event 3 before: it was restored to an earlier point");
        assertRefused(newcomer);

        trust.decide();
        store.appendEvents(renamed("task-1", 2));
        newcomer.appendEvents(renamed("task-1", 3));
        assertThat(all()).hasSize(4);
    }

    /** It would say that there is no such task, or that its version is another one. */
    @Test
    void norDoesItHaveTheLastWordOnACommandThatIsRefusedOrChangesNothing() {
        sql.execute(GO_BACK);

        command(condition -> assertUnavailable(() -> store.refuse(condition)));
        assertThat(trust.look().doubt()).contains("had event 3 before");
        command(condition -> assertUnavailable(() -> store.appendNothing(condition)));
        command(condition -> assertUnavailable(() -> engine().refuse(condition)));

        trust.decide();
        command(condition -> store.refuse(condition));
        command(condition -> store.appendNothing(condition));
    }

    @Test
    void anotherEventInTheLastPlaceIsNoticedToo() {
        sql.execute(GO_BACK);
        engine().appendEvents(renamed("task-2", 0)); // of a node that had seen nothing

        assertRefused(store);
        assertThat(trust.look().doubt()).startsWith("The event store's event 3 is another one than before");
    }

    @Test
    void aStoreThatDoesNotKnowOfADecisionAnyMoreIsOlderThanIt() {
        trust.decide();
        store.appendEvents(renamed("task-1", 3));
        sql.execute("update store_trust set decisions = 0");

        assertRefused(store);
    }

    @Test
    void aLookSeesWhatOthersHaveAppended() {
        HeadMemory memory = new HeadMemory(new AggregateCache(DataSize.ofMegabytes(1)));
        assertThat(memory.look(trust).doubt()).isNull();
        sql.execute(GO_BACK);

        assertThat(memory.look(trust).doubt()).contains("had event 3 before");
        assertRefused(store);
    }

    @Test
    void whatWasDecidedBeforeSomebodySaidWhatToTrustIsDecidedAgain() {
        command(condition -> {
            trust.decide();
            assertOvertaken(() -> store.appendEvents(renamed("task-1", 3)));
        });
        command(condition -> store.appendEvents(renamed("task-1", 3)));

        assertThat(all()).hasSize(4);
    }

    @Test
    void soIsWhatChangesNothingOrIsRefused() {
        command(condition -> {
            condition.readFromCache("task-1", 2);
            trust.decide();
            assertOvertaken(() -> store.appendNothing(condition));
        });
        command(condition -> {
            condition.readFromCache("task-1", 2);
            store.refuse(condition);
            trust.decide();
            assertOvertaken(() -> store.refuse(condition));
        });
    }

    @Test
    void aNodeThatStartsAfterwardsLosesNoMoreThanItsFirstRace() {
        trust.decide();
        store = engine();
        command(condition -> assertOvertaken(() -> store.appendEvents(renamed("task-1", 3))));
        command(condition -> store.appendEvents(renamed("task-1", 3)));

        assertThat(all()).hasSize(4);
    }

    @Test
    void aLookEmptiesTheCacheOfWhatWasReadBeforeSomebodySaidWhatToTrust() {
        AggregateCache cache = new AggregateCache(DataSize.ofMegabytes(1));
        HeadMemory memory = new HeadMemory(cache);
        cache.put("task-1", new AggregateCache.Cached<>("state", 2, 5), cache.decisions());
        memory.look(trust);
        assertThat(cache.get("task-1", String.class)).isNotNull();

        trust.decide();
        memory.look(trust);
        assertThat(cache.get("task-1", String.class)).isNull();
    }

    /** As one begins that the gateway hands over. */
    private void command(Consumer<AppendCondition> decision) {
        DefaultUnitOfWork<?> command = DefaultUnitOfWork.startAndGet(null);
        try {
            AppendCondition condition = AppendCondition.of(command);
            condition.begin(store.decisions());
            decision.accept(condition);
        } finally {
            command.rollback();
        }
    }

    private static void assertOvertaken(ThrowingCallable append) {
        assertThatThrownBy(append).isInstanceOf(ConcurrencyException.class);
    }

    private static void assertRefused(PostgresEventStorageEngine node) {
        assertUnavailable(() -> node.appendEvents(renamed("task-9", 0)));
    }

    private static void assertUnavailable(ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(503));
    }
}
