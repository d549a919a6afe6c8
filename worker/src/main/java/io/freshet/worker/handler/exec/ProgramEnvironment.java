package io.freshet.worker.handler.exec;

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

    /** Our properties, including keys, can also be set by variables named after them. */
    private static final Pattern SECRET =
            Pattern.compile("FRESHET_STORAGE_.*|.*(KEY|SECRET|PASSWORD|TOKEN|CONNECTION_?STRING|CREDENTIAL|SAS).*");

    private ProgramEnvironment() {}

    static boolean shows(String variable, ExecConfig config) {
        return ALWAYS.contains(variable)
                || variable.startsWith(LOCALE)
                || isOurs(variable)
                || config.env().orElse(List.of()).contains(variable);
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith(OURS) && !SECRET.matcher(variable).matches();
    }
}
