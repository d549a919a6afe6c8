package io.freshet.gateway.access;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What lets one download in. */
@RegisterForReflection
record Ticket(String ticket) {}
