package io.freshet.gateway.api;

import io.freshet.run.Run;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

/** What a user may tell a job, in each state that it may be in. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class CommandsTest extends ApiScenario {
    private static final String RERUN = "rerun?failedOnly=true";

    @ParameterizedTest
    @CsvSource({
        "Pending, cancel, Canceled",
        "Running, cancel, Canceled",
        "Suspended, cancel, Canceled",
        "Finalizing, cancel, Canceled",
        "Canceled, cancel, Canceled",
        "Pending, suspend, Suspended",
        "Running, suspend, Suspended",
        "Suspended, suspend, Suspended",
        "Suspended, resume, Running",
        "Running, resume, Running",
        "Pending, resume, Pending",
        "CompleteWithErrors, rerun?failedOnly=true, Pending",
        "Failed, rerun?failedOnly=true, Pending"
    })
    void whatIsAllowedIsDoneAndTheWatcherIsTold(String state, String command, String after) {
        Run run = in(state);
        String id = run.id().toString();
        command(run, command)
                .statusCode(200)
                .contentType("application/json")
                .body("id", equalTo(id))
                .body("status", equalTo(after));
        request().get("/jobs/" + id).then().body("status", equalTo(after));
        assertThat(lab.announcements(id)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Complete, cancel",
        "CompleteWithErrors, cancel",
        "Failed, cancel",
        "Finalizing, suspend",
        "Complete, suspend",
        "CompleteWithErrors, suspend",
        "Failed, suspend",
        "Canceled, suspend",
        "Finalizing, resume",
        "Complete, resume",
        "CompleteWithErrors, resume",
        "Failed, resume",
        "Canceled, resume",
        "Pending, rerun?failedOnly=true",
        "Running, rerun?failedOnly=true",
        "Suspended, rerun?failedOnly=true",
        "Finalizing, rerun?failedOnly=true",
        "Complete, rerun?failedOnly=true",
        "Canceled, rerun?failedOnly=true"
    })
    void whatIsNotAllowedIsRefusedNamingTheState(String state, String command) {
        Run run = lab.run(in(state).id().toString());
        problem(command(run, command), 409, "illegal-state")
                .body("detail", containsString(" is " + state + ": cannot "))
                .body("detail", matchesPattern(".*(it can be|can be canceled|can be rerun|submit it again).*"));
        assertThat(lab.run(run.id().toString())).isEqualTo(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "suspend", "resume", RERUN})
    void anUnknownJobCannotBeTold(String command) {
        problem(request().post("/jobs/2026-11-4/" + command).then(), 404, "job-not-found");
        problem(request().post("/jobs/nonsense/" + command).then(), 404, "job-not-found");
        problem(command(seeds.deleted(1), command), 404, "job-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "Complete, rerun?failedOnly=true, submit it again",
        "Canceled, rerun?failedOnly=true, submit it again",
        "Suspended, rerun?failedOnly=true, 'it can be resumed, canceled or deleted'",
        "Finalizing, suspend, 'it is being merged, and can be canceled or deleted'",
        "Failed, cancel, 'its failed parts can be rerun, or it can be deleted'",
        "Complete, cancel, it can be deleted"
    })
    void aRefusalSaysWhatIsPossible(String state, String command, String remedy) {
        problem(command(in(state), command), 409, "illegal-state").body("detail", endsWith(remedy));
    }

    @Test
    void repeatingACommandKeepsItsFirstMoment() {
        Run run = seeds.running(1);
        command(run, "cancel").statusCode(200);
        Run canceled = lab.run(run.id().toString());
        command(run, "cancel").statusCode(200);
        assertThat(lab.run(run.id().toString())).isEqualTo(canceled);
    }

    @Test
    void aRerunKeepsWhatIsDoneAndForgetsWhatFailed() {
        Run run = seeds.completeWithErrors("a\n");
        Lab.now(lab.store().unmarkActive(run.id()));
        command(run, RERUN)
                .body("succeeded", equalTo(1))
                .body("failed", equalTo(0))
                .body("reason", nullValue())
                .body("completionTime", nullValue());
        assertThat(lab.exists(RunFiles.active(run.id())))
                .as("the watcher looks after it again")
                .isTrue();
        assertThat(lab.run(run.id().toString()).dispatch().generation()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?failedOnly=false", "?failedOnly=", "?failedOnly=1"})
    void aRerunOfEverythingIsRefused(String query) {
        Run run = lab.run(seeds.failed().id().toString());
        problem(request().post("/jobs/" + run.id() + "/rerun" + query).then(), 400, "bad-parameter")
                .body("detail", startsWith("failedOnly "));
        assertThat(lab.run(run.id().toString())).isEqualTo(run);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pending",
                "Running",
                "Suspended",
                "Finalizing",
                "Complete",
                "CompleteWithErrors",
                "Failed",
                "Canceled"
            })
    void aJobOfAnyStateIsDeletedAndItsRepetitionIsFine(String state) {
        Run run = in(state);
        String id = run.id().toString();
        Lab.now(lab.store().unmarkActive(run.id()));
        request().delete("/jobs/" + id).then().statusCode(202);
        assertThat(lab.run(id).isDeleted()).isTrue();
        assertThat(lab.exists(RunFiles.active(run.id())))
                .as("marked for the watcher")
                .isTrue();
        assertThat(lab.announcements(id)).isEqualTo(1);

        request().delete("/jobs/" + id).then().statusCode(202);
        problem(request().get("/jobs/" + id).then(), 404, "job-not-found");
    }

    @Test
    void deletingWhatIsGoneIsNotFoundAndLeavesNoMarker() {
        Run run = seeds.deleted(1);
        Lab.now(lab.store().remove(run.id()));
        Lab.now(lab.store().unmarkActive(run.id()));
        problem(request().delete("/jobs/" + run.id()).then(), 404, "job-not-found")
                .body("detail", equalTo("There is no job '" + run.id() + "', or it was deleted"));
        assertThat(lab.exists(RunFiles.active(run.id()))).isFalse();
    }

    @Test
    void deletingWhatNeverWasIsNotFound() {
        problem(request().delete("/jobs/2026-11-4").then(), 404, "job-not-found");
        assertThat(lab.exists("active/2026-11-4")).isFalse();
        problem(request().delete("/jobs/nonsense").then(), 404, "job-not-found");
    }

    private static ValidatableResponse command(Run run, String command) {
        return request().post("/jobs/" + run.id() + "/" + command).then();
    }

    private Run in(String state) {
        return switch (state) {
            case "Pending" -> seeds.pending(2);
            case "Running" -> seeds.running(2);
            case "Suspended" -> seeds.suspended(2);
            case "Finalizing" -> seeds.finalizing("a\n", "b\n");
            case "Complete" -> seeds.complete("a\n", "b\n");
            case "CompleteWithErrors" -> seeds.completeWithErrors("a\n");
            case "Failed" -> seeds.failed();
            case "Canceled" -> seeds.canceled(2);
            default -> throw new IllegalArgumentException(state);
        };
    }
}
