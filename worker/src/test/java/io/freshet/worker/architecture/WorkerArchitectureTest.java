package io.freshet.worker.architecture;

import io.freshet.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class WorkerArchitectureTest extends ArchitectureRules {

    WorkerArchitectureTest() {
        super("io.freshet.worker");
    }

    @Test
    void computationsDoNotKnowEachOther() {
        check(slices().matching("io.freshet.worker.handler.(*)..").should().notDependOnEachOther());
    }

    @Test
    void computationsKnowNothingOfClaimsSettlementAndStorage() {
        check(noClasses()
                .that()
                .resideInAPackage("io.freshet.worker.handler..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.worker.claim..",
                        "io.freshet.worker.settlement..",
                        "io.freshet.worker.merge..",
                        "io.freshet.worker.lifecycle..",
                        "io.freshet.storage..",
                        "io.freshet.azure..",
                        "io.freshet.message..")
                .because("a computation is lines in, lines out"));
    }

    @Test
    void theEngineKnowsNoComputation() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.freshet.worker.handler..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.freshet.worker.handler..")
                .because("computations are found, not wired"));
    }

    @Test
    void claimingIsBelowEverythingElse() {
        check(noClasses()
                .that()
                .resideInAPackage("io.freshet.worker.claim..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.worker.execution..",
                        "io.freshet.worker.settlement..",
                        "io.freshet.worker.merge..",
                        "io.freshet.worker.lifecycle.."));
    }
}
