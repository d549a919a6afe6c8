package io.freshet.system.packaging;

import io.freshet.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Here, because the shared tests need the harness, which therefore cannot need them. */
class HarnessArchitectureTest extends ArchitectureRules {

    HarnessArchitectureTest() {
        super("io.freshet.harness");
    }

    @Test
    void theHarnessKnowsNothingOfTheProduct() {
        check(noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.freshet..").and(not(resideInAPackage("io.freshet.harness..")))));
    }
}
