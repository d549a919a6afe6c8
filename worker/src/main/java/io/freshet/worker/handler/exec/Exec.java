package io.freshet.worker.handler.exec;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.settings.Secrets;
import io.freshet.worker.execution.Computation;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.execution.Results;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Runs a program for each part: the part's lines go to its standard input, the lines of its standard output are the
 * results. An exit code other than 0 fails the part, with the end of standard error as the reason.
 */
@ApplicationScoped
@Identifier("exec")
public final class Exec implements Computation {

    private final ExecConfig config;
    private final ProgramEnvironment environment;

    Exec(ExecConfig config, Secrets secrets) {
        this.config = config;
        this.environment = new ProgramEnvironment(config, secrets);
    }

    @Override
    public void compute(Lines lines, Results results) throws Exception {
        String command = config.command()
                .orElseThrow(() -> new Permanent(
                        FailureCode.COMPUTATION_FAILED,
                        "the handler exec has no command to run: set EXEC_COMMAND for the worker"));
        try (Program program = Program.start(command, config, environment)) {
            program.run(lines, results);
        }
    }
}
