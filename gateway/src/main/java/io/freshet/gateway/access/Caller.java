package io.freshet.gateway.access;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Who sent a request, and what they may do.
 *
 * @param name of the principal; absent if callers are not authenticated
 * @param roles some of {@link Roles}
 * @param ownOnly whether those who are not admins see nobody's jobs but their own
 */
public record Caller(@Nullable String name, Set<String> roles, boolean ownOnly) {
    /** If callers are not authenticated. */
    public static final Caller ANYBODY = new Caller(null, Roles.ALL, false);

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether the caller may know of what this owner submitted. */
    public boolean maySee(@Nullable String owner) {
        return isAdmin() || !ownOnly || isMine(owner);
    }

    /** Whether the caller may read what this owner submitted. */
    public boolean mayRead(@Nullable String owner) {
        return isAdmin() || (roles.contains(Roles.READ) && maySee(owner));
    }

    /** Whether the caller may suspend, resume, cancel, rerun or delete what this owner submitted. */
    public boolean mayCommand(@Nullable String owner) {
        return isAdmin() || (roles.contains(Roles.SUBMIT) && isMine(owner));
    }

    /** Whose jobs and instances the caller may see; absent: everybody's. */
    public @Nullable String onlyOwnerSeen() {
        return ownOnly && !isAdmin() ? name : null;
    }

    /** Whose jobs and instances the caller may command; absent: everybody's. */
    public @Nullable String onlyOwnerCommanded() {
        return isAdmin() ? null : name;
    }

    /** Those of {@code read}, {@code submit} and {@code admin} that the caller has. */
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
