package io.freshet.gateway.jobs;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.job.JobStatus;
import io.freshet.run.RunState;
import io.freshet.settings.WrongSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which computations a job may name. */
class HandlersTest {

    @Test
    void aComputationThatNoWorkerHasIsRefusedNamingThoseThatThereAre() {
        JobsConfig config = config("calculator, exec");

        assertThatThrownBy(() -> wanted("words", config))
                .isInstanceOf(ProblemException.class)
                .hasMessage("handler must be one of calculator, exec, not 'words'");
        assertThat(wanted("exec", config).handler()).isEqualTo("exec");
        assertThat(wanted(null, config).handler()).isEqualTo("calculator");
    }

    @Test
    void anyComputationIsTakenIfNobodySaysWhichThereAre() {
        assertThat(wanted("words", config("")).handler()).isEqualTo("words");
    }

    @Test
    void theComputationOfJobsThatNameNoneHasToBeThere() {
        assertThatThrownBy(() -> new HandlersCheck(config("exec,identity")).check())
                .isInstanceOf(WrongSettings.class)
                .hasMessage("DEFAULTHANDLER is 'calculator' but must be one of HANDLERS, which are exec, identity");
        assertThatCode(() -> new HandlersCheck(config("exec, calculator")).check())
                .doesNotThrowAnyException();
        assertThatCode(() -> new HandlersCheck(config("")).check()).doesNotThrowAnyException();
    }

    /** A client that asks for jobs of a status has to be told which there are. */
    @Test
    void everyStateHasItsStatus() {
        assertThat(JobStatus.values())
                .hasSameSizeAs(Stream.of(RunState.Unfinished.class, RunState.Finished.class, RunState.Repeatable.class)
                        .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
                        .filter(Class::isRecord)
                        .distinct()
                        .toList());
    }

    private static JobRequest wanted(String handler, JobsConfig config) {
        JobParameters parameters = new JobParameters();
        parameters.handler = handler;
        return parameters.read(config, Caller.ANYBODY);
    }

    private static JobsConfig config(String handlers) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(JobsConfig.class)
                .withSources(new PropertiesConfigSource(Map.of("freshet.jobs.handlers", handlers), "test", 100))
                .build()
                .getConfigMapping(JobsConfig.class);
    }
}
