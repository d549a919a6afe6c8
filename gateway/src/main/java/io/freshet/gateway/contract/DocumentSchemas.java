package io.freshet.gateway.contract;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Adds to the OpenAPI document what the records of requests and answers say: which properties are always present. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DocumentSchemas implements OASFilter {
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final String JOB = "JobDocument";

    private final IndexView records;

    public DocumentSchemas(IndexView records) {
        this.records = records;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        for (ClassInfo type : records.getKnownClasses()) {
            Schema schema = schemas.get(type.simpleName());
            if (schema != null && type.isRecord()) {
                schema.setRequired(alwaysThere(type));
            }
        }
        describeJob(of(schemas, JOB));
        of(schemas, "JobStatus").setDescription("Where a job is in its life");
    }

    private static void describeJob(Schema schema) {
        Map<String, Schema> job = schema.getProperties();
        job.values().stream().filter(DocumentSchemas::isNumber).forEach(number -> number.setMinimum(BigDecimal.ZERO));
        of(job, "progress").setMaximum(BigDecimal.ONE);
        of(job, "executionLocation").setEnumeration(List.of("cluster", "aci"));
    }

    private static Schema of(Map<String, Schema> schemas, String name) {
        return Objects.requireNonNull(schemas.get(name), name);
    }

    private static List<String> alwaysThere(ClassInfo type) {
        return type.recordComponents().stream()
                .filter(component -> !component.type().hasAnnotation(NULLABLE))
                .map(RecordComponentInfo::name)
                .toList();
    }

    private static boolean isNumber(Schema schema) {
        return schema.getType() != null
                && (schema.getType().contains(SchemaType.INTEGER)
                        || schema.getType().contains(SchemaType.NUMBER));
    }
}
