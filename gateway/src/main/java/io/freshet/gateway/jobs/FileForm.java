package io.freshet.gateway.jobs;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Form of a submission. */
@Schema(description = "A form with the lines as its file")
public record FileForm(
        @Schema(type = SchemaType.STRING, format = "binary", description = "The lines; .gz is unpacked")
        String file) {}
