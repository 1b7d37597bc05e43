package io.opsflow.queryside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.generation.Layout;
import io.opsflow.web.setting.WrongSetting;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

class StartTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | OPSFLOW_READ_MODEL_URL is not set",
                "postgres://secret@localhost/x | OPSFLOW_READ_MODEL_URL is no JDBC URL of PostgreSQL",
                "jdbc:postgresql://127.0.0.1:1/x?user=me&password=secret | OPSFLOW_READ_MODEL_URL names cannot be used",
            })
    void aMissingOrWrongDatabaseEndsTheStartWithOneSentence(String url, String sentence) {
        assertThatThrownBy(() -> start(url, "localhost:9092"))
                .rootCause()
                .satisfies(cause -> assertThat(cause).isInstanceOf(WrongSetting.class))
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | OPSFLOW_KAFKA_BOOTSTRAP is not set",
                "localhost | OPSFLOW_KAFKA_BOOTSTRAP must be host:port",
                "localhost:9092, | OPSFLOW_KAFKA_BOOTSTRAP must be host:port",
            })
    void aMissingOrWrongBrokerEndsTheStartWithOneSentence(String bootstrap, String sentence) {
        assertThatThrownBy(() -> start(Servers.newDatabase(), bootstrap))
                .rootCause()
                .satisfies(cause -> assertThat(cause).isInstanceOf(WrongSetting.class))
                .hasMessageContaining(sentence);
    }

    @Test
    void theOwnerOfTheDatabaseNeedNotBeSuperuser() {
        String name = Servers.unique("owned_");
        String owner = Servers.unique("owner_");
        Servers.DATABASE.createDatabase(name);
        JdbcClient admin = JdbcClient.create(new DriverManagerDataSource(
                Servers.DATABASE.jdbcUrl("postgres"), Servers.DATABASE.user(), Servers.DATABASE.password()));
        admin.sql("create role %s login password 'owners-own'".formatted(owner)).update();
        admin.sql("alter database %s owner to %s".formatted(name, owner)).update();

        try (EventTopic topic = EventTopic.later();
                RunningQuerySide querySide = RunningQuerySide.on(
                        topic, Servers.DATABASE.jdbcUrl(name) + "?user=" + owner + "&password=owners-own")) {
            assertThat(querySide.find("task-000000000001")).isEmpty();
            assertThat(querySide
                            .database()
                            .sql("select relnamespace::regnamespace::text from pg_class where relname = 'task'")
                            .query(String.class)
                            .single())
                    .isEqualTo(Layout.current().schema());
        }
    }

    @Test
    void everyWayToTheReadModelIsOnTheSameDatabaseAndTransaction() {
        try (EventTopic topic = EventTopic.later();
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            assertThat(querySide.bean(PlatformTransactionManager.class))
                    .isInstanceOfSatisfying(
                            JpaTransactionManager.class,
                            manager -> assertThat(manager.getDataSource()).isSameAs(querySide.bean(DataSource.class)));
            assertThat(querySide.bean(EntityManagerFactory.class).getMetamodel().getEntities())
                    .extracting(entity -> entity.getJavaType().getSimpleName())
                    .containsExactlyInAnyOrder("TaskRow", "TaskCategoryRow", "TaskTypeRow");
            DSLContext jooq = querySide.bean(DSLContext.class);
            assertThat(jooq.dialect().family()).isEqualTo(SQLDialect.POSTGRES);
            assertThat(jooq.fetchValue("show search_path"))
                    .isEqualTo(Layout.current().schema() + ",public");
        }
    }

    private static void start(String url, String bootstrap) {
        new SpringApplicationBuilder(QuerySideApplication.class)
                .web(WebApplicationType.NONE)
                .properties(
                        url == null ? "none=" : "opsflow.read-model.url=" + url,
                        bootstrap == null ? "no=" : "opsflow.kafka.bootstrap=" + bootstrap,
                        "spring.main.register-shutdown-hook=false")
                .run()
                .close();
    }
}
