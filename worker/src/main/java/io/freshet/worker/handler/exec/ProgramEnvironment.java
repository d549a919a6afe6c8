package io.freshet.worker.handler.exec;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of the worker's variables a program sees: those that are named here, since secrets have too many names. */
final class ProgramEnvironment {
    private static final Set<String> ALWAYS = Set.of("PATH", "HOME", "LANG", "TZ", "TMPDIR");
    private static final String LOCALE = "LC_";
    private static final String OURS = "FRESHET_";

    /** Our properties may be set by variables of their own names, keys among them. */
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
