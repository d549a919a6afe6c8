package io.freshet.harness.fault;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * One request of one service to storage.
 *
 * @param number 1-based, of this service
 * @param operation as the REST reference names it: {@code PutBlob}, {@code AcquireLease}, {@code GetMessages} …
 * @param target {@code container/blob}, {@code container} or {@code queue}; without the account
 * @param query as it was sent
 */
public record StorageRequest(String service, long number, String operation, String target, String query) {
    private static final Set<String> READS = Set.of(
            "GetBlob",
            "GetBlobProperties",
            "GetBlockList",
            "ListBlobs",
            "ListContainers",
            "GetContainerProperties",
            "GetQueueProperties",
            "ListQueues",
            "PeekMessages");

    /** Whether storage is different after it. Taking messages is, unless there were none. */
    public boolean hasEffect() {
        return !READS.contains(operation);
    }

    public boolean takesMessages() {
        return operation.equals("GetMessages");
    }

    static StorageRequest of(HttpServerRequest request, Endpoint endpoint, String service, long number) {
        String[] path = request.path().split("/", 4);
        String first = path.length > 2 ? path[2] : "";
        String rest = path.length > 3 ? URLDecoder.decode(path[3], StandardCharsets.UTF_8) : "";
        String query = request.query() == null ? "" : request.query();
        return endpoint == Endpoint.BLOB
                ? new StorageRequest(
                        service,
                        number,
                        blobOperation(request, rest),
                        rest.isEmpty() ? first : first + "/" + rest,
                        query)
                : new StorageRequest(service, number, queueOperation(request, first, rest), first, query);
    }

    /** Which of the account's two sides is spoken to. */
    enum Endpoint {
        BLOB,
        QUEUE
    }

    private static String blobOperation(HttpServerRequest request, String blob) {
        String comp = parameter(request, "comp");
        if (blob.isEmpty()) {
            return containerOperation(request.method(), comp);
        }
        boolean copies = request.getHeader("x-ms-copy-source") != null;
        return switch (comp) {
            case "lease" -> capital(request.getHeader("x-ms-lease-action")) + "Lease";
            case "block" -> copies ? "PutBlockFromURL" : "PutBlock";
            case "blocklist" -> isRead(request.method()) ? "GetBlockList" : "PutBlockList";
            case "metadata" -> "SetBlobMetadata";
            case "properties" -> "SetBlobProperties";
            case "" -> plainBlobOperation(request.method(), copies);
            default -> request.method() + " " + comp;
        };
    }

    private static String plainBlobOperation(HttpMethod method, boolean copies) {
        return switch (method.name()) {
            case "PUT" -> copies ? "CopyBlob" : "PutBlob";
            case "GET" -> "GetBlob";
            case "HEAD" -> "GetBlobProperties";
            case "DELETE" -> "DeleteBlob";
            default -> method.name();
        };
    }

    private static String containerOperation(HttpMethod method, String comp) {
        return switch (comp) {
            case "list" -> "ListBlobs";
            case "batch" -> "BlobBatch";
            case "" ->
                switch (method.name()) {
                    case "PUT" -> "CreateContainer";
                    case "DELETE" -> "DeleteContainer";
                    default -> "GetContainerProperties";
                };
            default -> method + " " + comp;
        };
    }

    private static String queueOperation(HttpServerRequest request, String queue, String rest) {
        String method = request.method().name();
        if (rest.isEmpty()) {
            return switch (method) {
                case "PUT" -> "CreateQueue";
                case "DELETE" -> "DeleteQueue";
                default -> queue.isEmpty() ? "ListQueues" : "GetQueueProperties";
            };
        }
        boolean one = rest.startsWith("messages/");
        return switch (method) {
            case "POST" -> "PutMessage";
            case "PUT" -> "UpdateMessage";
            case "DELETE" -> one ? "DeleteMessage" : "ClearMessages";
            default -> parameter(request, "peekonly").isEmpty() ? "GetMessages" : "PeekMessages";
        };
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static String parameter(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value == null ? "" : value;
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    @Override
    public String toString() {
        return service + " #" + number + " " + operation + " " + target;
    }
}
