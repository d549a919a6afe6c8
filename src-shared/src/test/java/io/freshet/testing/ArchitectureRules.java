package io.freshet.testing;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;
import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** What holds in every module. A module's own test extends this with what holds in it alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureRules {
    private static final Set<String> BLOCKING_WAITS = Set.of("await", "awaitSuspending");

    /** Bounds its writes by the connections that all calls to Azure share. */
    private static final String SHARES_CONNECTIONS = "io.freshet.gateway.jobs.BulkWrites";
    /** Lists the adapter's settings among those of all services. */
    private static final String LISTS_SETTINGS = "io.freshet.settings.common.CommonSettings";

    private final String modulePackage;
    private final JavaClasses module;

    /** @param modulePackage root package of the module */
    protected ArchitectureRules(String modulePackage) {
        this.modulePackage = modulePackage;
        this.module = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/io/freshet/testing/"))
                // generated
                .withImportOption(location -> !location.contains("/wire/"))
                .importPackages(modulePackage);
    }

    /** Checks a rule against the module; a rule about packages that do not exist yet is kept. */
    protected final void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(module);
    }

    @Test
    void thereIsSomethingToCheck() {
        classes().should().resideInAPackage("io.freshet..").check(module);
    }

    @Test
    void onlyTheAzureAdaptersKnowTheSdk() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.freshet.azure..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.azure..", "reactor..")
                .because("to change the cloud one touches io.freshet.azure alone"));
    }

    @Test
    void servicesKnowAzureByItsPorts() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.freshet.azure..")
                .and()
                .doNotHaveFullyQualifiedName(SHARES_CONNECTIONS)
                .and()
                .doNotHaveFullyQualifiedName(LISTS_SETTINGS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.freshet.azure..")
                .because("an adapter for another cloud would implement the ports alone"));
    }

    @Test
    void onlyTheJobPackageKnowsKubernetes() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.freshet.watcher.kubejob..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .because("what runs next is decided without Kubernetes types"));
    }

    @Test
    void onlyTheEdgesKnowHttpResources() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("io.freshet.gateway..", "io.freshet.watcher.eventgrid..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .because("services talk by queues; HTTP belongs to the front door"));
    }

    @Test
    void onlyTheFrontDoorOfJobsKnowsTheirLayout() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("io.freshet.items..", "io.freshet.gateway..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.freshet.items.PartLayout")
                .because("what is done with items is done with those of every kind"));
    }

    @Test
    void theHarnessIsForThoseOutside() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.freshet.harness..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.freshet.harness..")
                .because("it starts the product, and is no part of it"));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("io.freshet.(**)").should().beFreeOfCycles());
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses()
                .should()
                .haveSimpleNameContaining("Util")
                .orShould()
                .haveSimpleNameContaining("Helper")
                .orShould()
                .haveSimpleNameContaining("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .because("a class is named by its role"));
    }

    @Test
    void nothingSleeps() {
        check(noClasses()
                .should()
                .callMethodWhere(calls(Thread.class, Set.of("sleep")))
                .orShould()
                .callMethodWhere(calls(TimeUnit.class, Set.of("sleep")))
                .orShould()
                .callMethodWhere(calls(LockSupport.class, Set.of("parkNanos")))
                .because("waiting is a timer's business"));
    }

    @Test
    void nothingPrintsButTheDoctorAndTheHarness() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Doctor")
                .and()
                .doNotHaveFullyQualifiedName("io.freshet.harness.command.Main")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
    }

    @Test
    void onlyLifecyclesWaitForAResult() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("..lifecycle..")
                .should()
                .callMethodWhere(calls(Uni.class, BLOCKING_WAITS))
                .orShould()
                .callMethodWhere(calls(Multi.class, Set.of("subscribeAsStream", "toStream")))
                .because("a blocked event loop blocks every other request"));
    }

    @Test
    void whatAClassNeedsIsInItsConstructor() {
        check(noFields().should().beAnnotatedWith("jakarta.inject.Inject"));
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().should(beInANullMarkedPackage()));
    }

    @Test
    void whatUsersSetIsListed() {
        Set<Class<?>> listed = module.stream()
                .filter(type -> type.isAssignableTo(SettingsSource.class) && !type.isEquivalentTo(SettingsSource.class))
                .flatMap(type -> source(type.reflect()).settings().stream())
                .map(Setting::mapping)
                .collect(Collectors.toSet());

        assertThat(module.stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .filter(type -> type.getAllMethods().stream()
                                .anyMatch(method -> method.isAnnotatedWith(Variable.class)))
                        .map(JavaClass::reflect))
                .as("mappings that the settings of %s have to name", modulePackage)
                .isSubsetOf(listed);
    }

    private static SettingsSource source(Class<?> type) {
        try {
            return (SettingsSource) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " is not made by a public constructor without parameters", e);
        }
    }

    private static DescribedPredicate<JavaMethodCall> calls(Class<?> owner, Set<String> names) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + names,
                call -> call.getTargetOwner().isAssignableTo(owner)
                        && names.contains(call.getTarget().getName()));
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package whose package-info is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(item, marked, item.getPackageName() + " is not @NullMarked"));
            }
        };
    }

    @Override
    public String toString() {
        return "rules of " + modulePackage;
    }
}
