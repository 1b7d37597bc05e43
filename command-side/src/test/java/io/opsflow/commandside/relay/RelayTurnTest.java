package io.opsflow.commandside.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.task.TaskRenamed;
import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.eventstore.tail.Standstill;
import io.opsflow.commandside.eventstore.tail.StoredPosition;
import io.opsflow.web.broker.BrokerAccess;
import io.opsflow.web.trace.Traces;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class RelayTurnTest {

    @Test
    void whatWasKnownSinceTheStartDoesNotAnswerForTheFirstTurn() {
        RelayProducer producer = new RelayProducer(new BrokerAccess("127.0.0.1:1", null));
        RelaySwitch relaySwitch = new RelaySwitch(
                () -> {
                    throw new IllegalStateException("nobody asks for it");
                },
                producer,
                new Standstill(new StoredPosition(new JdbcTemplate(), "relay")));
        TopicVerdict topic = new TopicVerdict();
        Relay relay = new Relay(
                topic, relaySwitch, producer, new EventRecords("events", StoreSnapshot.serializer()), Traces.OFF);
        DomainEventMessage<?> event =
                new GenericDomainEventMessage<>("Task", "task-1", 7, new TaskRenamed("task-1", "name", Instant.EPOCH));
        DefaultUnitOfWork<?> batch = DefaultUnitOfWork.startAndGet(event);
        topic.conclude(topic.question(), null, "id");
        long answered = topic.question();
        try {
            Thread.currentThread().interrupt(); // so that it does not wait for the answer

            assertThatThrownBy(() -> relay.on(event, new GlobalSequenceTrackingToken(8), true, batch))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            batch.rollback();
        }
        assertThat(topic.question()).isEqualTo(answered + 1);
        assertThat(topic.known()).isEmpty();
    }
}
