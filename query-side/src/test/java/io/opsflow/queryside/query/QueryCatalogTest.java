package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatisticsQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QueryCatalogTest extends QueryTest {

    private static final String CATEGORY = """
            insert into task_category (category_id, version, name, status_options, fields, state, tags, tags_as_sent,
                                       domain_id, created_at, updated_at)
            values ('category-1', 0, 'Incidents',
                    '{"TODO": [{"status_id": "status-1", "name": "To do", "color": "red", "is_default": true}],
                      "IN_PROGRESS": [], "COMPLETED": []}',
                    '[]', 'ACTIVE', '{"team": "ops"}', '{"team": "ops"}', 'domain-6b1f0e2a9c34', now(), now())
            """;

    private static final String TYPE = """
            insert into task_type (task_type_id, version, name, fields, assignee_pool, require_project, tags,
                                   tags_as_sent, domain_id, category_id, created_at, updated_at)
            values ('task-type-1', 0, 'Outage',
                    '[{"field_id": "impact", "name": "Impact", "description": "", "field_type": "TEXT", "options": {},
                       "selection_type": "SINGLE", "is_required": true, "is_primary": false}]',
                    '["kim", "lee"]', true, '{}', '{}', 'domain-6b1f0e2a9c34', 'category-1', now(), now())
            """;

    @BeforeEach
    void aCategoryWithAType() {
        database().dsl().connection(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(CATEGORY);
                statement.execute(TYPE);
            }
        });
    }

    @Test
    void aCategoryIsAnsweredInFull() {
        TaskCategoryInfo category = database()
                .queries()
                .list(CatalogResources.categories(), ReadModelDatabase.OWNER, query("{}", QuerySchema.TASK_CATEGORY))
                .results()
                .getFirst();
        assertThat(category.statusOptions().todo()).hasSize(1).allMatch(option -> option.isDefault());
        assertThat(Json.write(category.tags())).isEqualTo("{\"team\":\"ops\"}");
        assertThat(category.deletedAt()).isEmpty();
        assertThat(category.packageId()).isEmpty();
    }

    @Test
    void aTypeIsFoundByWhatItHolds() {
        assertThat(types("{'filter': [{'k': 'require_project', 'o': 'eq', 'v': true}]}"))
                .isEqualTo(1);
        assertThat(types("{'filter': [{'k': 'require_project', 'o': 'eq', 'v': false}]}"))
                .isZero();
        assertThat(types("{'filter': [{'k': 'assignee_pool', 'o': 'eq', 'v': 'lee'}]}"))
                .isEqualTo(1);
        assertThat(types("{'filter': [{'k': 'fields.field_id', 'o': 'eq', 'v': 'impact'}]}"))
                .isEqualTo(1);
        assertThat(types("{'filter': [{'k': 'tags.nope', 'o': 'exists', 'v': true}]}"))
                .isZero();
        assertThat(types("{'keyword': 'OUT'}")).isEqualTo(1);
    }

    @Test
    void aTypeIsAnsweredInFull() {
        TaskTypeInfo type = database()
                .queries()
                .list(CatalogResources.types(), ReadModelDatabase.OWNER, query("{}", QuerySchema.TASK_TYPE))
                .results()
                .getFirst();
        assertThat(type.assigneePool()).containsExactly("kim", "lee");
        assertThat(type.requireProject()).isTrue();
        assertThat(type.fields()).hasSize(1).allMatch(field -> field.isRequired());
    }

    @Test
    void theCatalogIsCountedToo() {
        JsonNode request = json("{'query': {'aggregate': [{'group': {'keys': [{'k': 'state', 'n': 's'}],"
                + " 'fields': [{'n': 'n', 'o': 'count'}]}}]}}");
        assertThat(database()
                        .queries()
                        .stat(
                                CatalogResources.categories(),
                                ReadModelDatabase.OWNER,
                                StatisticsQuery.of(Members.of(request), QuerySchema.TASK_CATEGORY))
                        .results())
                .extracting(JsonNode::toString)
                .containsExactly("{\"s\":\"ACTIVE\",\"n\":1}");
    }

    private static long types(String query) {
        return database()
                .queries()
                .list(CatalogResources.types(), ReadModelDatabase.OWNER, query(query, QuerySchema.TASK_TYPE))
                .totalCount();
    }

    private static Query query(String query, QuerySchema schema) {
        return Query.of(Members.of(json("{'query': %s}".formatted(query))), schema);
    }
}
