package io.freshet.worker.handler.exec;

import io.freshet.settings.Text;
import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The program to run. It comes from the configuration of the worker only, never from a request. */
@ConfigMapping(prefix = "freshet.exec")
public interface ExecConfig {

    @Variable(value = "EXEC_COMMAND", description = "Program of the handler `exec`, run by `sh -c`")
    Optional<String> command();

    @Variable(value = "EXEC_ENV", description = """
            Variables of the worker that are passed to that program, comma-separated. It always gets `PATH`, `HOME`,
            `LANG`, `LC_*`, `TZ`, `TMPDIR` and `FRESHET_*`, but no credentials of storage""")
    @Text(
            pattern = "[A-Za-z_]\\w*(\\s*,\\s*[A-Za-z_]\\w*)*",
            wanted = "names of environment variables with commas between them")
    Optional<List<String>> env();

    @Variable(value = "EXEC_TIMEOUT", description = """
            Time limit for the program on one part; then it is stopped and the attempt fails""")
    @WithDefault("PT10M")
    Duration timeout();

    @Variable(value = "EXEC_KILL_AFTER", min = "PT0S", description = """
            Time between SIGTERM and SIGKILL when that program is stopped""")
    @WithDefault("PT5S")
    Duration killAfter();
}
