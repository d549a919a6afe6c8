package io.freshet.gateway.jobs;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Answer to a submission, for clients that ask for JSON. */
@RegisterForReflection
public record JobAccepted(String id) {}
