package io.freshet.gateway.access;

import java.util.List;
import java.util.Set;

/** Rights, as resources name them and tokens carry them. None implies another, except that an admin may do everything. */
public final class Roles {
    /** To look at jobs and instances, and to download. */
    public static final String READ = "freshet.read";

    /** To submit, and to command what one submitted. */
    public static final String SUBMIT = "freshet.submit";

    /** To do everything, with everybody's jobs. */
    public static final String ADMIN = "freshet.admin";

    static final Set<String> ALL = Set.of(READ, SUBMIT, ADMIN);

    private static final String PREFIX = "freshet.";

    private Roles() {}

    /** {@code freshet.read} of {@code read}. */
    static String of(String right) {
        return PREFIX + right;
    }

    /** {@code read} of {@code freshet.read}; other roles of a token are ignored. */
    static List<String> rights(Set<String> roles) {
        return ALL.stream()
                .filter(roles::contains)
                .map(role -> role.substring(PREFIX.length()))
                .sorted()
                .toList();
    }
}
