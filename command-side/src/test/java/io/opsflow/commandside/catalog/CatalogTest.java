package io.opsflow.commandside.catalog;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.FieldType;
import io.opsflow.api.catalog.SelectionType;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskCategoryCreated;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.TaskTypeCreated;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.commandside.eventstore.EventMetadata;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.axonframework.messaging.MetaData;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.TestExecutor;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.Matcher;
import tools.jackson.databind.node.ObjectNode;

/** The words that the tests of categories and types are written in. */
abstract class CatalogTest<A> {

    static final String DOMAIN = "domain-000000000001";
    static final String CATEGORY = "category-000000000001";
    static final String TYPE = "task-type-000000000001";
    static final Instant THEN = Instant.parse("2026-01-01T10:00:00Z");
    static final Instant NOW = Instant.parse("2026-01-01T11:00:00.123Z");

    static final Caller ADMIN = admin(DOMAIN);
    static final Caller STRANGER = admin("domain-other");

    static final StatusOption TODO = new StatusOption("status-todo", "To Do", "gray", true);
    static final StatusOption DOING = new StatusOption("status-doing", "In Progress", "blue", true);
    static final StatusOption DONE = new StatusOption("status-done", "Done", "green", true);
    static final StatusOptions STATUSES = new StatusOptions(List.of(TODO), List.of(DOING), List.of(DONE));
    static final TaskField SEVERITY = new TaskField(
            "severity", "Severity", "", FieldType.DROPDOWN, json("{}"), SelectionType.SINGLE, true, false);

    private final FixtureConfiguration<A> fixture;
    private boolean tasksAreInTheWay;

    CatalogTest(Class<A> aggregate) {
        fixture = new AggregateTestFixture<>(aggregate);
        fixture.registerInjectableResource(catalog());
        fixture.registerInjectableResource(taskRefs());
        fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    TestExecutor<A> given(Object... events) {
        return events.length == 0 ? fixture.givenNoPriorActivity() : fixture.given(events);
    }

    /** There is a task of every type, in every status. */
    void tasksAreInTheWay() {
        tasksAreInTheWay = true;
    }

    static Caller admin(String domain) {
        return new Caller(Role.DOMAIN_ADMIN, ActorKind.USER, "admin@example.com", domain, null, null, List.of());
    }

    static MetaData by(Caller caller) {
        return MetaData.from(Map.of(EventMetadata.CALLER, caller));
    }

    static ObjectNode json(String json) {
        return (ObjectNode) Json.mapper().readTree(json);
    }

    static TaskCategoryCreated categoryCreated(Instant at) {
        return new TaskCategoryCreated(
                CATEGORY, "Incidents", "", STATUSES, List.of(), json("{}"), "package-1", DOMAIN, at);
    }

    static TaskTypeCreated typeCreated(Instant at) {
        return new TaskTypeCreated(
                TYPE,
                "Outage",
                "",
                List.of(SEVERITY),
                List.of("kim@example.com"),
                true,
                json("{}"),
                DOMAIN,
                CATEGORY,
                at);
    }

    /** The very words the caller reads. */
    static Matcher<ApiException> refusal(String message) {
        return Matchers.matches((ApiException refused) -> refused.message().equals(message));
    }

    static <T> Matcher<Versioned<T>> answer(long version, Predicate<T> info) {
        return Matchers.matches((Versioned<T> answer) -> answer.version() == version && info.test(answer.info()));
    }

    private TaskRefs taskRefs() {
        return new TaskRefs() {
            @Override
            public void requireNoneOfType(String taskTypeId) {
                require(taskTypeId.equals(TYPE), "TaskType");
            }

            @Override
            public void requireNoneIn(String categoryId, List<String> statusIds) {
                require(categoryId.equals(CATEGORY) && !statusIds.isEmpty(), "TaskCategory");
            }

            private void require(boolean isAsked, String owner) {
                if (isAsked && tasksAreInTheWay) {
                    throw ApiException.exists("Task", owner);
                }
            }
        };
    }

    private static Catalog catalog() {
        return new Catalog() {
            @Override
            public Optional<Type> type(String taskTypeId) {
                return Optional.empty();
            }

            @Override
            public Optional<Category> category(String categoryId) {
                return switch (categoryId) {
                    case CATEGORY -> Optional.of(new Category(CATEGORY, DOMAIN, true, STATUSES, List.of()));
                    case "category-deleted" ->
                        Optional.of(new Category(categoryId, DOMAIN, false, STATUSES, List.of()));
                    default -> Optional.empty();
                };
            }
        };
    }
}
