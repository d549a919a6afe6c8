package io.freshet.watcher.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Remedies for failures of storage, by Azure's error codes. */
final class Remedies {
    private static final Map<String, String> BY_CODE = new LinkedHashMap<>();

    static {
        BY_CODE.put(
                "AuthorizationPermissionMismatch",
                "Give the identity its roles (kubernetes/azure/README.md, \"Who may do what\"); they take up to ten minutes");
        BY_CODE.put(
                "AuthorizationFailure",
                "Let this network through the account's firewall, or use its private endpoints");
        BY_CODE.put(
                "KeyBasedAuthenticationNotPermitted",
                "The account takes no keys: use a workload identity, without AZURE_STORAGE_CONNECTION_STRING and STORAGEKEY");
        BY_CODE.put(
                "AuthenticationFailed",
                "Check the key in AZURE_STORAGE_CONNECTION_STRING or STORAGEKEY, and this machine's clock");
        BY_CODE.put(
                "CredentialUnavailable",
                "Give the service account its workload identity: the client id as annotation, the label"
                        + " azure.workload.identity/use on the pod, and a federated credential with this subject");
        BY_CODE.put("ContainerNotFound", "Create the container, or correct its name");
        BY_CODE.put("QueueNotFound", "Create the queue, or correct QUEUEPREFIX and the queue's name");
        BY_CODE.put("ResourceNotFound", "Check the name of the account in STORAGEACCOUNT");
        BY_CODE.put(
                "no answer",
                "Check the account's name and STORAGESUFFIX, its DNS name from this pod, the network policy and the firewall");
    }

    private Remedies() {}

    static Finding of(String subject, Throwable failure) {
        String text = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        String remedy = BY_CODE.entrySet().stream()
                .filter(known -> text.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("Check the log of this process, with DEBUGLOG=true");
        return Finding.wrong(subject, text, remedy);
    }
}
