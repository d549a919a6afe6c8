package io.freshet.harness.supply;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Licences, by their SPDX names and as some poms call them. */
final class Licences {
    private static final Set<String> FITTING = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSD-3-Clause-No-Nuclear-Warranty",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "ISC",
            "Public Domain",
            "GPL-2.0-with-classpath-exception");

    private static final List<Called> CALLED = List.of(
            called("^Eclipse Distribution License|^EDL|BSD-3-Clause", "BSD-3-Clause"),
            called("Eclipse Public License.*2\\.0|^EPL[ -]2\\.0", "EPL-2.0"),
            called("Eclipse Public License.*1\\.0|^EPL[ -]1\\.0", "EPL-1.0"),
            called("Apache.*2", "Apache-2.0"),
            called("^(The )?MIT", "MIT"),
            called("GPL2? w/ ?CPE|Classpath[ -]exception", "GPL-2.0-with-classpath-exception"),
            called("^Public Domain", "Public Domain"));

    private record Called(Pattern pattern, String name) {}

    private Licences() {}

    private static Called called(String pattern, String name) {
        return new Called(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), name);
    }

    /** Whether it fits Apache-2.0. */
    static boolean fit(String name) {
        return FITTING.contains(name);
    }

    /** The SPDX name, or what it is called if nobody knows it. */
    static String known(String name) {
        return fit(name)
                ? name
                : CALLED.stream()
                        .filter(called -> called.pattern.matcher(name).find())
                        .findFirst()
                        .map(Called::name)
                        .orElse(name);
    }
}
