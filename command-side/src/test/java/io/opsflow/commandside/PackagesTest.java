package io.opsflow.commandside;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the packages of the command side may know of each other. */
@AnalyzeClasses(packages = "io.opsflow.commandside", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

    private static final String ROOT = "io.opsflow.commandside.";

    @ArchTest
    static final ArchRule decisionsKnowNeitherHttpNorTheTopic = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "task..", ROOT + "catalog..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "rest..",
                    ROOT + "relay..",
                    "io.opsflow.web",
                    "io.opsflow.web.error..",
                    "io.opsflow.web.json..",
                    "io.opsflow.web.openapi..",
                    "io.opsflow.web.token..",
                    "org.springframework.web..",
                    "org.apache.kafka..",
                    "java.sql..",
                    "org.springframework.jdbc..")
            .because("a rule must hold whoever sends the command and wherever its events go");

    @ArchTest
    static final ArchRule theStoreKnowsNobody = noClasses()
            .that()
            .resideInAPackage(ROOT + "eventstore..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "task..",
                    ROOT + "catalog..",
                    ROOT + "taskref..",
                    ROOT + "rest..",
                    ROOT + "relay..",
                    "org.apache.kafka..")
            .because("it keeps any event of any aggregate, and outlives all of them");

    @ArchTest
    static final ArchRule whoAppendsDoesNotKnowWhoFollows = noClasses()
            .that()
            .resideInAPackage(ROOT + "eventstore")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "eventstore.tail..")
            .because("the store is durable and in order, whoever reads it and however far he is");

    @ArchTest
    static final ArchRule theStoreStandsOnItsDatabaseAndOnWhatWasAnswered = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "eventstore.database..", ROOT + "eventstore.idempotency..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "eventstore", ROOT + "eventstore.tail..")
            .because("they can be read without the rest of it");

    @ArchTest
    static final ArchRule theRelayKnowsTheStoreOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + "relay..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "task..", ROOT + "catalog..", ROOT + "taskref..", ROOT + "rest..")
            .because("it passes on what is stored, known to this version or not");

    @ArchTest
    static final ArchRule nobodyKnowsHowTheRulesAcrossTasksAreKept = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "task..", ROOT + "catalog..", ROOT + "rest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "taskref..")
            .because("a decision says what must hold, through TaskRefs of the catalog");

    @ArchTest
    static final ArchRule httpSendsCommandsAndTouchesNoStorage = noClasses()
            .that()
            .resideInAPackage(ROOT + "rest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "relay..", "org.axonframework.eventsourcing..", "java.sql..", "org.springframework.jdbc..")
            .because("what changes anything is a command, decided by an aggregate");

    @ArchTest
    static final ArchRule toolsKnowTheStoreAndTheTopicOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + "tool..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "task..", ROOT + "taskref..", ROOT + "catalog..", ROOT + "rest..")
            .because("they check and repair what is stored and published, whatever it means");

    @ArchTest
    static final ArchRule theServiceDoesNotKnowItsTools = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + "task..",
                    ROOT + "taskref..",
                    ROOT + "catalog..",
                    ROOT + "rest..",
                    ROOT + "operation..",
                    ROOT + "eventstore..",
                    ROOT + "relay..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "tool..")
            .because("a tool is run beside the service, never by it");

    @ArchTest
    static final ArchRule nothingKnowsTheQuerySide = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opsflow.queryside..", "jakarta.persistence..")
            .because("the sides share the contract and the topic, nothing else");

    @ArchTest
    static final ArchRule packagesFormNoCircles = slices().matching(ROOT + "(*)..")
            .should()
            .beFreeOfCycles()
            .because("a newcomer follows a command from one package into the next, and never back");
}
