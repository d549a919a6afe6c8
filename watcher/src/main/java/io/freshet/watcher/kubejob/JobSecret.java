package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

import java.util.Map;

/** What opens storage to the pods of one Job; it goes with the Job. */
final class JobSecret {
    /** Its only key, and the variable that the pods get it by. */
    static final String KEY = "AZURE_STORAGE_CONNECTION_STRING";

    private JobSecret() {}

    static Secret of(Job owner, String connection) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(owner.getMetadata().getName())
                .withNamespace(owner.getMetadata().getNamespace())
                .withLabels(owner.getMetadata().getLabels())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName(owner.getMetadata().getName())
                        .withUid(owner.getMetadata().getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(false)
                        .build())
                .endMetadata()
                .withType("Opaque")
                .withStringData(Map.of(KEY, connection))
                .withImmutable(true)
                .build();
    }
}
