package io.freshet.watcher.architecture;

import io.freshet.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class WatcherArchitectureTest extends ArchitectureRules {

    WatcherArchitectureTest() {
        super("io.freshet.watcher");
    }

    @Test
    void whatIsToBeDoneIsDecidedWithoutKnowingWhoAsked() {
        check(noClasses()
                .that()
                .resideInAPackage("io.freshet.watcher.reconcile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.freshet.watcher.progress..", "io.freshet.watcher.lifecycle.."));
    }

    @Test
    void whatMakesJobsDecidesNothing() {
        check(noClasses()
                .that()
                .resideInAPackage("io.freshet.watcher.kubejob..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.watcher.progress..",
                        "io.freshet.watcher.lifecycle..",
                        "io.freshet.watcher.instances..",
                        "io.freshet.watcher.backlog.."));
    }
}
