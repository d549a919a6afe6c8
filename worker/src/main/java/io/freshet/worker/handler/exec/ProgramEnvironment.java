package io.freshet.worker.handler.exec;

import io.freshet.settings.Secrets;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Selects which of the worker's variables are passed to a program. An allow list, because secrets can have any name.
 */
final class ProgramEnvironment {
    private static final Set<String> ALWAYS = Set.of("PATH", "HOME", "LANG", "TZ", "TMPDIR");
    private static final String LOCALE = "LC_";
    private static final String OURS = "FRESHET_";

    /** There may be secrets of the other services, too. */
    private static final Pattern SECRET =
            Pattern.compile("FRESHET_STORAGE_.*|.*(KEY|SECRET|PASSWORD|TOKEN|CONNECTION_?STRING|CREDENTIAL|SAS).*");

    private final List<String> named;
    private final Secrets secrets;

    ProgramEnvironment(ExecConfig config, Secrets secrets) {
        this.named = config.env().orElse(List.of());
        this.secrets = secrets;
    }

    boolean shows(String variable) {
        return ALWAYS.contains(variable) || variable.startsWith(LOCALE) || isOurs(variable) || named.contains(variable);
    }

    private boolean isOurs(String variable) {
        return variable.startsWith(OURS)
                && !secrets.has(variable)
                && !SECRET.matcher(variable).matches();
    }
}
