package io.freshet.architecture;

import io.freshet.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

class SharedArchitectureTest extends ArchitectureRules {

    SharedArchitectureTest() {
        super("io.freshet");
    }

    @Test
    void theRunIsPureJava() {
        check(classes()
                .that()
                .resideInAPackage("io.freshet.run..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.freshet.run..", "java..", "org.jspecify.annotations.."));
    }

    @Test
    void theInstanceIsPureJava() {
        check(classes()
                .that()
                .resideInAPackage("io.freshet.instance..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.instance..", "io.freshet.run..", "java..", "org.jspecify.annotations.."));
    }

    @Test
    void whatAUserWritesKnowsNothingOfTheEngine() {
        check(noClasses()
                .that()
                .resideInAPackage("io.freshet.orchestration..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.coordination..",
                        "io.freshet.storage..",
                        "io.freshet.queue..",
                        "io.freshet.message..",
                        "io.freshet.azure..",
                        "io.smallrye.."));
    }

    @Test
    void failuresKnowNothingButTheRun() {
        check(classes()
                .that()
                .resideInAPackage("io.freshet.failure..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.failure..", "io.freshet.run..", "java..", "org.jspecify.annotations.."));
    }

    @Test
    void portsSpeakMutinyAndTheDomain() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.freshet.storage..", "io.freshet.items..", "io.freshet.queue..", "io.freshet.event..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.azure..",
                        "reactor..",
                        "io.vertx..",
                        "io.quarkus..",
                        "io.smallrye.reactive..",
                        "org.eclipse.microprofile.reactive..",
                        "io.freshet.azure.."));
    }

    /** Static fields are filled while a native executable is built, and the SDK may only be initialised when it runs. */
    @Test
    void nothingOfTheSdkIsStatic() {
        check(noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(resideInAnyPackage("com.azure..", "reactor.."))
                .because("no native executable can be built with it"));
    }

    @Test
    void dependenciesPointFromTheCloudToTheRun() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("run")
                .definedBy("io.freshet.run..", "io.freshet.instance..")
                .layer("message")
                .definedBy("io.freshet.message..")
                .layer("ports")
                .definedBy("io.freshet.storage..", "io.freshet.queue..", "io.freshet.event..")
                .layer("items")
                .definedBy("io.freshet.items..")
                .layer("azure")
                .definedBy("io.freshet.azure..")
                .whereLayer("azure")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("items")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("ports")
                .mayOnlyBeAccessedByLayers("items", "azure")
                .whereLayer("message")
                .mayOnlyBeAccessedByLayers("ports", "items", "azure"));
    }
}
