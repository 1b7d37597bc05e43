package io.opsflow.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the modules may know of each other. Only standalone sees all of them, so it is the place to ask. */
@AnalyzeClasses(packages = "io.opsflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {

    @ArchTest
    static final ArchRule theContractKnowsNobody = noClasses()
            .that()
            .resideInAPackage("io.opsflow.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.opsflow.web..",
                    "io.opsflow.commandside..",
                    "io.opsflow.queryside..",
                    "io.opsflow.embedded..",
                    "io.opsflow.standalone..",
                    "org.springframework..",
                    "jakarta.persistence..",
                    "org.apache.kafka..")
            .because("any consumer in any framework must be able to use the contract as it is");

    @ArchTest
    static final ArchRule theContractTakesOnlyAnnotationsFromAxon = noClasses()
            .that()
            .resideInAPackage("io.opsflow.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.axonframework.commandhandling..",
                    "org.axonframework.eventhandling..",
                    "org.axonframework.eventsourcing..",
                    "org.axonframework.messaging..")
            .because("an event outlives the framework that handles it");

    @ArchTest
    static final ArchRule theCommandSideDoesNotKnowTheQuerySide = noClasses()
            .that()
            .resideInAPackage("io.opsflow.commandside..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opsflow.queryside..", "io.opsflow.standalone..", "io.opsflow.embedded..")
            .because("the sides share the contract and the topic, nothing else; they are deployed apart");

    @ArchTest
    static final ArchRule theQuerySideDoesNotKnowTheCommandSide = noClasses()
            .that()
            .resideInAPackage("io.opsflow.queryside..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.opsflow.commandside..",
                    "io.opsflow.standalone..",
                    "io.opsflow.embedded..",
                    "org.axonframework..")
            .because("the query side is the topic's first consumer and gets no private way");

    @ArchTest
    static final ArchRule whatBothFacesShareKnowsNeither = noClasses()
            .that()
            .resideInAPackage("io.opsflow.web..")
            .and()
            .resideOutsideOfPackage("io.opsflow.web.broker") // the settings of Kafka's clients, which both sides take
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.opsflow.commandside..",
                    "io.opsflow.queryside..",
                    "io.opsflow.standalone..",
                    "org.axonframework..",
                    "jakarta.persistence..",
                    "org.apache.kafka..")
            .because("it is the HTTP face of either side, and of neither in particular");

    @ArchTest
    static final ArchRule theServersKnowNothingOfTheService = noClasses()
            .that()
            .resideInAPackage("io.opsflow.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.opsflow.api..", "io.opsflow.web..", "io.opsflow.commandside..", "io.opsflow.queryside..")
            .because("they stand in for servers that know nothing of it either");

    @ArchTest
    static final ArchRule thePageKnowsNobody = noClasses()
            .that()
            .resideInAPackage("io.opsflow.console..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.opsflow..").and(not(resideInAPackage("io.opsflow.console.."))))
            .because("it speaks the public API and nothing else, like any other client");
}
