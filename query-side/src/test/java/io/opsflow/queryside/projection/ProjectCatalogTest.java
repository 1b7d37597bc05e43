package io.opsflow.queryside.projection;

import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.MORNING;
import static io.opsflow.queryside.fixture.TaskEvents.NOON;
import static io.opsflow.queryside.fixture.TaskEvents.OWNER;
import static io.opsflow.queryside.fixture.TaskEvents.caller;
import static io.opsflow.queryside.fixture.TaskEvents.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.FieldType;
import io.opsflow.api.catalog.SelectionType;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskCategoryCreated;
import io.opsflow.api.catalog.TaskCategoryDeleted;
import io.opsflow.api.catalog.TaskCategoryDescribed;
import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.catalog.TaskCategoryPackageChanged;
import io.opsflow.api.catalog.TaskCategoryRenamed;
import io.opsflow.api.catalog.TaskCategoryStatusesChanged;
import io.opsflow.api.catalog.TaskCategoryTagged;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.TaskTypeAssigneePoolChanged;
import io.opsflow.api.catalog.TaskTypeCreated;
import io.opsflow.api.catalog.TaskTypeDeleted;
import io.opsflow.api.catalog.TaskTypeDescribed;
import io.opsflow.api.catalog.TaskTypeFieldsChanged;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.catalog.TaskTypeRenamed;
import io.opsflow.api.catalog.TaskTypeTagged;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.event.DomainEvent;
import io.opsflow.queryside.catalog.TaskCategories;
import io.opsflow.queryside.catalog.TaskTypes;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProjectCatalogTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Happenings HAPPENINGS = new Happenings();
    private static long sent;
    private static EventTopic topic;
    private static RunningQuerySide querySide;

    private final String categoryId = "category-%012x".formatted(NUMBER.incrementAndGet());
    private final String typeId = "task-type-%012x".formatted(NUMBER.get());

    @BeforeAll
    static void start() {
        topic = EventTopic.create(1);
        querySide = RunningQuerySide.on(topic);
    }

    @AfterAll
    static void stop() {
        querySide.close();
        topic.close();
    }

    @Test
    void aNewCategoryIsReadWithEveryField() {
        happens(categoryCreated());

        assertThat(category())
                .isEqualTo(new TaskCategoryInfo(
                        categoryId,
                        "Incidents",
                        "",
                        statuses("To Do"),
                        List.of(field("region")),
                        "ACTIVE",
                        object("{\"b\":1.0,\"a\":2}"),
                        "",
                        DOMAIN,
                        "2024-12-05T08:00:00.123Z",
                        "2024-12-05T08:00:00.123Z",
                        ""));
    }

    @Test
    void aCategoryIsChangedByEachOfItsEvents() {
        happens(
                categoryCreated(),
                new TaskCategoryRenamed(categoryId, "Problems", NOON),
                new TaskCategoryDescribed(categoryId, "what recurs", NOON),
                new TaskCategoryStatusesChanged(categoryId, statuses("New"), List.of("status-9"), NOON),
                new TaskCategoryTagged(categoryId, object("{\"team\":\"ops\"}"), NOON),
                new TaskCategoryPackageChanged(categoryId, "package-1", NOON));

        assertThat(category())
                .isEqualTo(new TaskCategoryInfo(
                        categoryId,
                        "Problems",
                        "what recurs",
                        statuses("New"),
                        List.of(field("region")),
                        "ACTIVE",
                        object("{\"team\":\"ops\"}"),
                        "package-1",
                        DOMAIN,
                        "2024-12-05T08:00:00.123Z",
                        "2024-12-05T12:00:00.456Z",
                        ""));
    }

    @Test
    void aDeletedCategoryStaysReadable() {
        happens(categoryCreated(), new TaskCategoryDeleted(categoryId, NOON));

        assertThat(category().state()).isEqualTo("DELETED");
        assertThat(category().deletedAt()).isEqualTo("2024-12-05T12:00:00.456Z");
    }

    @Test
    void aNewTypeIsReadWithEveryField() {
        happens(typeCreated());

        assertThat(type(false))
                .isEqualTo(new TaskTypeInfo(
                        typeId,
                        "Outage",
                        "",
                        List.of(field("cost")),
                        List.of("user-1"),
                        true,
                        object("{}"),
                        DOMAIN,
                        categoryId,
                        "2024-12-05T08:00:00.123Z",
                        "2024-12-05T08:00:00.123Z"));
    }

    @Test
    void aTypeIsChangedByEachOfItsEvents() {
        happens(
                typeCreated(),
                new TaskTypeRenamed(typeId, "Major outage", NOON),
                new TaskTypeDescribed(typeId, "all is dark", NOON),
                new TaskTypeFieldsChanged(typeId, List.of(field("cause")), NOON),
                new TaskTypeAssigneePoolChanged(typeId, List.of(), NOON),
                new TaskTypeTagged(typeId, object("{\"team\":\"ops\"}"), NOON));

        assertThat(type(false))
                .isEqualTo(new TaskTypeInfo(
                        typeId,
                        "Major outage",
                        "all is dark",
                        List.of(field("cause")),
                        List.of(),
                        true,
                        object("{\"team\":\"ops\"}"),
                        DOMAIN,
                        categoryId,
                        "2024-12-05T08:00:00.123Z",
                        "2024-12-05T12:00:00.456Z"));
    }

    @Test
    void aDeletedTypeIsGone() {
        happens(typeCreated(), new TaskTypeDeleted(typeId, NOON));

        assertThatThrownBy(() -> type(false))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("(task_type_id = " + typeId);
    }

    @Test
    void theFieldsOfTheCategoryComeBeforeThoseOfTheType() {
        happens(typeCreated());
        assertThat(type(true).fields()).containsExactly(field("cost"));

        happens(categoryCreated());
        assertThat(type(true).fields()).containsExactly(field("region"), field("cost"));
    }

    @Test
    void anotherDomainReadsThatThereIsNone() {
        happens(categoryCreated());
        happens(typeCreated());
        var stranger = caller(Role.DOMAIN_ADMIN, "domain-2", "");

        assertThatThrownBy(() -> querySide.bean(TaskCategories.class).get(stranger, categoryId))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("(category_id = " + categoryId);
        assertThatThrownBy(() -> querySide.bean(TaskTypes.class).get(stranger, typeId, true))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("(task_type_id = " + typeId);
    }

    private static void happens(DomainEvent... events) {
        topic.send(HAPPENINGS.request(events));
        sent += events.length;
        querySide.awaitOffset(sent);
    }

    private TaskCategoryInfo category() {
        return querySide.bean(TaskCategories.class).get(OWNER, categoryId).info();
    }

    private TaskTypeInfo type(boolean includeCategoryFields) {
        return querySide
                .bean(TaskTypes.class)
                .get(OWNER, typeId, includeCategoryFields)
                .info();
    }

    private TaskCategoryCreated categoryCreated() {
        return new TaskCategoryCreated(
                categoryId,
                "Incidents",
                "",
                statuses("To Do"),
                List.of(field("region")),
                object("{\"b\":1.0,\"a\":2}"),
                "",
                DOMAIN,
                MORNING);
    }

    private TaskTypeCreated typeCreated() {
        return new TaskTypeCreated(
                typeId,
                "Outage",
                "",
                List.of(field("cost")),
                List.of("user-1"),
                true,
                object("{}"),
                DOMAIN,
                categoryId,
                MORNING);
    }

    private static StatusOptions statuses(String first) {
        return new StatusOptions(
                List.of(new StatusOption("status-1", first, "#111111", true)),
                List.of(new StatusOption("status-2", "In Progress", "", true)),
                List.of(new StatusOption("status-3", "Done", "", true)));
    }

    private static TaskField field(String id) {
        return new TaskField(id, id, "", FieldType.TEXT, object("{}"), SelectionType.SINGLE, false, true);
    }
}
