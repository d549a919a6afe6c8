package io.freshet.gateway.access;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.annotation.security.RolesAllowed;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.IndexView;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds to the OpenAPI document which rights an operation requires, as the annotation of its method says. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class AccessAnswers implements OASFilter {
    private static final String KEY = "key";
    private static final String TOKEN = "token";

    private final Map<String, List<String>> rolesByMethod;

    public AccessAnswers(IndexView resources) {
        this.rolesByMethod = resources.getAnnotations(RolesAllowed.class).stream()
                .filter(roles -> roles.target().kind() == AnnotationTarget.Kind.METHOD)
                .collect(Collectors.toMap(
                        roles -> roles.target().asMethod().name(),
                        roles -> Roles.rights(
                                Set.copyOf(Arrays.asList(roles.value().asStringArray()))),
                        (one, other) -> one));
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        KEY,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name(Credentials.KEY_HEADER)
                                .description("A key, if AUTH includes key"))
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("A token of the issuer, if AUTH includes oidc"));
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(this::describe);
    }

    private void describe(Operation operation) {
        List<String> rights = rolesByMethod.getOrDefault(operation.getOperationId(), List.of());
        for (String scheme : List.of(KEY, TOKEN)) {
            operation.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme(scheme, rights));
        }
    }
}
