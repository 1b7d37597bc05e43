package io.opsflow.queryside;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;

@AnalyzeClasses(packages = "io.opsflow.queryside", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theSidesShareNothingButTheContractAndTheTopic = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opsflow.commandside..", "org.axonframework..")
            .because("what this side needs, every other consumer of the topic gets: there is no private way");

    @ArchTest
    static final ArchRule nobodyDependsOnTheHttpFace = noClasses()
            .that()
            .resideOutsideOfPackage("..queryside.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..queryside.rest..")
            .because("answers are the same whoever asks; HTTP is one way to ask");

    @ArchTest
    static final ArchRule whatReadsDoesNotKnowHowItIsFilled = noClasses()
            .that()
            .resideInAnyPackage(
                    "..queryside.query..",
                    "..queryside.task..",
                    "..queryside.catalog..",
                    "..queryside.audit..",
                    "..queryside.consistency..",
                    "..queryside.subscription..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..queryside.feed..", "..queryside.projection..")
            .because("a read model may be filled by a rebuild as well, and reads go on meanwhile");

    @ArchTest
    static final ArchRule projectionsDoNotKnowWhereEventsComeFrom = noClasses()
            .that()
            .resideInAnyPackage("..queryside.projection..", "..queryside.task..", "..queryside.catalog..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("..queryside.feed..", "org.apache.kafka..", "io.cloudevents.."))
            .because("the same events fold to the same rows, from the topic or from a table of parked ones");

    @ArchTest
    static final ArchRule theServiceDoesNotKnowItsTools = noClasses()
            .that()
            .resideInAPackage("io.opsflow.queryside.(*)..")
            .and()
            .resideOutsideOfPackage("..queryside.tool..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..queryside.tool..")
            .because("a tool is run beside the service, never by it");

    @ArchTest
    static final ArchRule rowsAreOfTheReadModel = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .resideInAnyPackage("..queryside.task..", "..queryside.catalog..")
            .because("JPA maps the read model's tables and nothing else: the persistence unit has no other entities");

    @ArchTest
    static final ArchRule thereIsAWayThroughTheFolders = slices().matching("io.opsflow.queryside.(*)..")
            .should()
            .beFreeOfCycles()
            .because("an event goes one way: feed, projection, rows; and a request another: rest, query or rows");
}
