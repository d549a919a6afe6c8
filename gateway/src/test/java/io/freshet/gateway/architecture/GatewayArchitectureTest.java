package io.freshet.gateway.architecture;

import io.freshet.testing.ArchitectureRules;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class GatewayArchitectureTest extends ArchitectureRules {

    GatewayArchitectureTest() {
        super("io.freshet.gateway");
    }

    @Test
    void theSplittingOfAnUploadKnowsNoHttp() {
        check(noClasses()
                .that()
                .resideInAPackage("io.freshet.gateway.ingest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.ws.rs..",
                        "io.vertx.core.http..",
                        "io.freshet.gateway.jobs..",
                        "io.freshet.gateway.problem.."));
    }

    @Test
    void aSourceOfInputsKnowsNothingOfTheSubmissionThatUsesIt() {
        check(noClasses()
                .that()
                .haveSimpleNameEndingWith("Source")
                .and()
                .resideInAPackage("io.freshet.gateway.jobs..")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("JobSubmission")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("Release")
                .because("an input is brought and handed back as a value"));
    }

    @Test
    void theCatalogueOfErrorsKnowsNoOtherPackageOfTheGateway() {
        check(noClasses()
                .that()
                .resideInAPackage("io.freshet.gateway.problem..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.freshet.gateway..")
                        .and(not(resideInAPackage("io.freshet.gateway.problem..")))));
    }

    @Test
    void everyMethodOfAResourceSaysWhoMayCallIt() {
        check(methods()
                .that()
                .areAnnotatedWith(GET.class)
                .or()
                .areAnnotatedWith(POST.class)
                .or()
                .areAnnotatedWith(PUT.class)
                .or()
                .areAnnotatedWith(PATCH.class)
                .or()
                .areAnnotatedWith(DELETE.class)
                .should()
                .beAnnotatedWith(RolesAllowed.class));
    }

    @Test
    void theEdgeSpeaksToStorageThroughThePortsOnly() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.azure.storage..", "io.freshet.azure.queue..", "io.freshet.azure.eventgrid.."));
    }

    @Test
    void theTwoFrontDoorsKnowNothingOfEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage("io.freshet.gateway.orchestrations..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.gateway.jobs..", "io.freshet.gateway.results..", "io.freshet.gateway.problem.."));
        check(noClasses()
                .that()
                .resideInAnyPackage("io.freshet.gateway.jobs..", "io.freshet.gateway.results..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.freshet.gateway.orchestrations.."));
    }
}
