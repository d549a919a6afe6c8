package io.freshet.gateway.access;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Who has sent a request, and what they may do.
 *
 * @param name of the principal; absent where nobody has to say who they are
 * @param roles some of {@link Roles}
 * @param ownOnly whether others' jobs are not there for those who are no admins
 */
public record Caller(@Nullable String name, Set<String> roles, boolean ownOnly) {
    /** Where nobody has to say who they are. */
    public static final Caller ANYBODY = new Caller(null, Roles.ALL, false);

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether what this owner has submitted is there for the caller. */
    public boolean maySee(@Nullable String owner) {
        return isAdmin() || !ownOnly || isMine(owner);
    }

    /** Whether the caller may read what this owner has submitted. */
    public boolean mayRead(@Nullable String owner) {
        return isAdmin() || (roles.contains(Roles.READ) && maySee(owner));
    }

    /** Whether the caller may suspend, resume, cancel, rerun or delete what this owner has submitted. */
    public boolean mayCommand(@Nullable String owner) {
        return isAdmin() || (roles.contains(Roles.SUBMIT) && isMine(owner));
    }

    /** Whose jobs and instances are there for the caller; absent: everybody's. */
    public @Nullable String onlyOwnerSeen() {
        return ownOnly && !isAdmin() ? name : null;
    }

    /** Whose jobs and instances the caller may command; absent: everybody's. */
    public @Nullable String onlyOwnerCommanded() {
        return isAdmin() ? null : name;
    }

    /** {@code read}, {@code submit}, {@code admin}, those that there are. */
    public List<String> rights() {
        return Roles.rights(roles);
    }

    public boolean isAdmin() {
        return roles.contains(Roles.ADMIN);
    }

    private boolean isMine(@Nullable String owner) {
        return name != null && name.equals(owner);
    }
}
