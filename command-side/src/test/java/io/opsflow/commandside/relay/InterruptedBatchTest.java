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
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class InterruptedBatchTest {

    @Test
    void whatIsInterruptedWaitsForTheBrokerNoMore() {
        Serializer serializer = StoreSnapshot.serializer();
        RelayProducer producer = new RelayProducer(new BrokerAccess("127.0.0.1:1", null));
        RelaySwitch relaySwitch = new RelaySwitch(
                () -> {
                    throw new IllegalStateException("nobody asks for it");
                },
                producer,
                new Standstill(new StoredPosition(new JdbcTemplate(), "relay")));
        Relay relay = new Relay(
                new TopicVerdict(), relaySwitch, producer, new EventRecords("events", serializer), Traces.OFF);
        DomainEventMessage<?> event =
                new GenericDomainEventMessage<>("Task", "task-1", 0, new TaskRenamed("task-1", "name", Instant.EPOCH));
        DefaultUnitOfWork<?> batch = DefaultUnitOfWork.startAndGet(event);
        try {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> relay.on(event, new GlobalSequenceTrackingToken(1), true, batch))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            batch.rollback();
        }
        assertThat(relay.waiting()).isZero();
        assertThat(relay.problem()).isNull();
    }
}
