package io.freshet.gateway.jobs;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of a submission by reference. */
@Schema(description = "An input that lies in blob storage already")
public record JobReference(
        @Schema(description = "https://<host>/<container>/<blob>, with a SAS if it needs one", required = true)
        String inputUrl) {}
