package io.opsflow.commandside.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.commandside.eventstore.database.EventStoreDatabaseConfiguration;
import io.opsflow.commandside.eventstore.database.EventStorePool;
import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import io.opsflow.commandside.eventstore.idempotency.AnsweredRequests;
import io.opsflow.commandside.eventstore.idempotency.KeyedRequest;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.web.setting.Secret;
import io.opsflow.web.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.util.unit.DataSize;

/** The words of the store's tests. Each test gets an empty store; one server holds them all. */
public abstract class StoreTest {

    protected static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    protected static final EventScope SCOPE = new EventScope("domain-1", "workspace-1", "project-1");

    protected static final EmbeddedDatabase SERVER = EmbeddedDatabase.temporary();

    protected EventStoreSettings settings;
    protected HikariDataSource pool;
    protected LazyConnectionDataSourceProxy dataSource;
    protected JdbcTemplate sql;
    protected PostgresEventStorageEngine store;

    protected final MeterRegistry meters = new SimpleMeterRegistry();

    private final List<Appender> appenders = new CopyOnWriteArrayList<>();

    @BeforeEach
    void openAnEmptyStore() {
        String url = SERVER.createDatabase("s" + UUID.randomUUID().toString().replace("-", ""));
        EventStoreDatabaseConfiguration database = new EventStoreDatabaseConfiguration();
        settings = new EventStoreSettings(
                url,
                SERVER.user(),
                new Secret(SERVER.password()),
                null,
                20,
                DataSize.ofMegabytes(64),
                Duration.ofHours(48));
        pool = EventStorePool.open(settings);
        dataSource = database.eventStoreDataSource(pool);
        sql = database.eventStoreJdbc(dataSource);
        store = engine();
    }

    /** As another node would have it. */
    protected PostgresEventStorageEngine engine() {
        EventStoreConfiguration configuration = new EventStoreConfiguration();
        AggregateCache cache = new AggregateCache(DataSize.ofMegabytes(1));
        HeadMemory memory = configuration.headMemory(cache);
        Appender appender = configuration.appender(
                sql, new EventStoreDatabaseConfiguration().eventStoreTransactionManager(dataSource), memory, meters);
        appenders.add(appender);
        return configuration.eventStorageEngine(
                appender,
                cache,
                memory,
                new StoreTrust(sql),
                sql,
                new AnsweredRequests(JdbcClient.create(sql)),
                new EventSerializer(),
                meters,
                Traces.OFF);
    }

    @AfterEach
    void close() {
        appenders.forEach(Appender::close);
        pool.close();
    }

    protected static DomainEventMessage<DomainEvent> event(String aggregateId, long sequence, DomainEvent payload) {
        return new GenericDomainEventMessage<>("Task", aggregateId, sequence, payload, metaData());
    }

    protected static MetaData metaData() {
        return MetaData.from(Map.of(
                        EventMetadata.ACTOR,
                        "user-1",
                        EventMetadata.ACTOR_KIND,
                        "USER",
                        EventMetadata.REQUEST_ID,
                        "request-1",
                        EventMetadata.CORRELATION_ID,
                        "correlation-1",
                        EventMetadata.CALLER,
                        new Object()))
                .mergedWith(SCOPE.asMetaData());
    }

    protected static DomainEventMessage<DomainEvent> renamed(String taskId, long sequence) {
        return event(taskId, sequence, new TaskRenamed(taskId, "name " + sequence, AT.plusMillis(sequence)));
    }

    protected static DomainEventMessage<DomainEvent> described(String taskId, long sequence) {
        return event(taskId, sequence, new TaskDescribed(taskId, "Überraschung\n\"\\\" 🎉", AT));
    }

    /** Appends as a command does that has looked at others, whose versions are given. */
    protected void append(Map<String, Long> looks, DomainEventMessage<?>... events) {
        DefaultUnitOfWork<?> command = DefaultUnitOfWork.startAndGet(null);
        try {
            looks.forEach((id, version) -> AppendCondition.of(command).read(id, version));
            store.appendEvents(events);
        } finally {
            command.rollback();
        }
    }

    /** Appends as a command does that a rule holds for. */
    protected void guarded(AppendGuard guard, DomainEventMessage<?> event) {
        DefaultUnitOfWork<?> command = DefaultUnitOfWork.startAndGet(null);
        try {
            AppendCondition.of(command).require(guard);
            store.appendEvents(event);
        } finally {
            command.rollback();
        }
    }

    protected void keyed(KeyedRequest request, DomainEventMessage<?> event) {
        DefaultUnitOfWork<?> command = DefaultUnitOfWork.startAndGet(
                new GenericCommandMessage<>("command").andMetaData(Map.of(KeyedRequest.METADATA, request)));
        try {
            store.appendEvents(event);
        } finally {
            command.rollback();
        }
    }

    protected List<TrackedEventMessage<?>> all() {
        List<TrackedEventMessage<?>> all = new ArrayList<>();
        store.readEvents(null, false).forEach(all::add);
        return all;
    }

    protected static long index(@Nullable TrackedEventMessage<?> event) {
        return PostgresEventStorageEngine.index(event == null ? null : event.trackingToken());
    }
}
