package io.opsflow.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.opsflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsTheContractOnly = noClasses()
            .that()
            .resideInAPackage("io.opsflow.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.opsflow.commandside..",
                    "io.opsflow.queryside..",
                    "io.opsflow.standalone..",
                    "io.opsflow.embedded..")
            .because("both sides stand on this module, so it can stand on neither; what they share is shared-api");

    @ArchTest
    static final ArchRule knowsNoStorage = noClasses()
            .that()
            .resideInAPackage("io.opsflow.web..")
            .and()
            .resideOutsideOfPackage("io.opsflow.web.broker") // the settings of Kafka's clients, which both sides take
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.axonframework..",
                    "jakarta.persistence..",
                    "org.hibernate..",
                    "org.apache.kafka..",
                    "org.jooq..")
            .because(
                    "an HTTP face is the same whether commands or queries are behind it; how either is kept is its side's business");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("io.opsflow.web.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a package can then be read without the others");
}
