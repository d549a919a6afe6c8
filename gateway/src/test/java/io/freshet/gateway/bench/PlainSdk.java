package io.freshet.gateway.bench;

import com.azure.core.http.vertx.VertxHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.specialized.BlobLeaseAsyncClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.queue.QueueAsyncClient;
import com.azure.storage.queue.QueueServiceAsyncClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * What the Azure SDK alone needs for the same bytes or the same calls: the reference that the benchmarks stand beside.
 * Commands: {@code upload FILE}, {@code copy FROM TO}, {@code parts COUNT CONCURRENCY}, {@code items
 * COUNT}, {@code queue NAME COUNT MESSAGE}, {@code keep FOLDER COUNT}, which copies the document of a finished run, {@code kinds BYTES}, which makes calls of each
 * kind one after the other and prints the milliseconds of one; prints seconds. The account comes from {@code
 * AZURE_STORAGE_CONNECTION_STRING}.
 */
public final class PlainSdk {
    private static final long BLOCK = 4L << 20;
    private static final int PARALLEL = 4;
    private static final int PART_BYTES = 7_000;
    private static final int SPREAD = 32;
    private static final int MERGE_READS = 24;
    private static final BinaryData DATA =
            BinaryData.fromString("{\"input_data\":[1,1],\"input_id\":0,\"instance_id\":\"plain\"}");

    private final Vertx vertx = Vertx.vertx();
    private final BlobContainerAsyncClient blobs;
    private final QueueServiceAsyncClient queues;
    private final QueueAsyncClient work;
    private final QueueAsyncClient events;

    private PlainSdk(String account) {
        var http = new VertxHttpClientBuilder()
                .vertx(vertx)
                .httpClientOptions(new HttpClientOptions().setMaxPoolSize(64))
                .build();
        blobs = new BlobServiceClientBuilder()
                .connectionString(account)
                .httpClient(http)
                .buildAsyncClient()
                .getBlobContainerAsyncClient("jobs");
        queues = new QueueServiceClientBuilder()
                .connectionString(account)
                .httpClient(http)
                .buildAsyncClient();
        work = queues.getQueueAsyncClient("plain-work");
        events = queues.getQueueAsyncClient("plain-events");
    }

    public static void main(String[] arguments) {
        PlainSdk sdk = new PlainSdk(System.getenv("AZURE_STORAGE_CONNECTION_STRING"));
        sdk.blobs.createIfNotExists().block();
        long begun = System.nanoTime();
        switch (arguments[0]) {
            case "upload" -> sdk.upload(Path.of(arguments[1]));
            case "copy" -> sdk.copy(arguments[1], arguments[2]);
            case "parts" -> begun = sdk.parts(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            case "items" -> begun = sdk.items(Integer.parseInt(arguments[1]));
            case "queue" -> sdk.fill(arguments[1], Integer.parseInt(arguments[2]), arguments[3]);
            case "keep" -> sdk.keep(arguments[1], Integer.parseInt(arguments[2]));
            case "kinds" -> new PlainKinds(sdk.blobs, sdk.queues).print(Integer.parseInt(arguments[1]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.printf(Locale.ROOT, "%.3f%n", (System.nanoTime() - begun) / 1e9);
        sdk.vertx.close();
        System.exit(0);
    }

    private void upload(Path file) {
        var parallel = new ParallelTransferOptions()
                .setMaxSingleUploadSizeLong(BLOCK)
                .setBlockSizeLong(BLOCK)
                .setMaxConcurrency(PARALLEL);
        blobs.getBlobAsyncClient("plain-upload")
                .uploadFromFile(file.toString(), parallel, null, null, null, null)
                .block();
    }

    private void copy(String from, String to) {
        var parallel = new ParallelTransferOptions()
                .setMaxSingleUploadSizeLong(BLOCK)
                .setBlockSizeLong(BLOCK)
                .setMaxConcurrency(PARALLEL);
        var bytes = blobs.getBlobAsyncClient(from).downloadStream();
        blobs.getBlobAsyncClient(to)
                .uploadWithResponse(new BlobParallelUploadOptions(bytes).setParallelTransferOptions(parallel))
                .block();
    }

    private void fill(String name, int count, String message) {
        QueueAsyncClient queue = queues.getQueueAsyncClient(name);
        queue.createIfNotExists()
                .thenMany(Flux.range(0, count).flatMap(i -> queue.sendMessage(message), SPREAD))
                .blockLast();
    }

    private void keep(String folder, int count) {
        String document = blobs.getBlobAsyncClient(folder + "/run.json")
                .downloadContent()
                .block()
                .toString();
        String number = folder.substring(folder.indexOf('/') + 1);
        Flux.range(1, count)
                .flatMap(
                        i -> {
                            String other = String.valueOf(Long.parseLong(number) - i);
                            return put(
                                    folder.replace(number, other) + "/run.json",
                                    BinaryData.fromString(document.replace(number, other)));
                        },
                        SPREAD)
                .blockLast();
    }

    /** The calls that one part costs Freshet, its share of the merge included, as concurrent as there; no warm-up. */
    private long parts(int count, int concurrency) {
        work.createIfNotExists().then(events.createIfNotExists()).block();
        BinaryData content = BinaryData.fromBytes(new byte[PART_BYTES]);
        blobs.getBlobAsyncClient("plain-input").upload(content, true).block();
        round("warm", Math.min(count, 200), concurrency, content);
        long begun = System.nanoTime();
        round("part", count, concurrency, content);
        return begun;
    }

    private void round(String name, int count, int concurrency, BinaryData content) {
        Flux.range(0, count)
                .flatMap(i -> put(name + "-index-" + i, BinaryData.fromString("")), SPREAD)
                .blockLast();
        Flux.range(0, count)
                .flatMap(i -> work.sendMessage("{\"part\":" + i + "}"), SPREAD)
                .blockLast();
        Flux.range(0, count).flatMap(i -> part(name, i, content), concurrency).blockLast();
        Flux.range(0, count).flatMap(i -> output(name, i), MERGE_READS).blockLast();
    }

    /** The calls that an item of an orchestration cannot do without, in batches of as many as a queue hands out. */
    private long items(int count) {
        work.createIfNotExists().block();
        batches("warm", Math.min(count, 200));
        long begun = System.nanoTime();
        batches("item", count);
        return begun;
    }

    private void batches(String name, int count) {
        Flux.range(0, count)
                .buffer(SPREAD)
                .flatMap(
                        batch -> Flux.fromIterable(batch)
                                .flatMap(i ->
                                        put(name + "-in-" + i, DATA).then(work.sendMessage("{\"item\":" + i + "}")))
                                .thenMany(work.receiveMessages(batch.size(), Duration.ofSeconds(60)))
                                .flatMap(message -> put(name + "-out-" + message.getMessageId(), DATA)
                                        .then(work.deleteMessage(message.getMessageId(), message.getPopReceipt()))),
                        2)
                .blockLast();
    }

    private Mono<Void> part(String name, int i, BinaryData content) {
        var index = blobs.getBlobAsyncClient(name + "-index-" + i);
        String leaseId = UUID.randomUUID().toString();
        BlobLeaseAsyncClient lease = new BlobLeaseClientBuilder()
                .blobAsyncClient(index)
                .leaseId(leaseId)
                .buildAsyncClient();
        return work.receiveMessages(1, Duration.ofSeconds(60))
                .next()
                .flatMap(message -> lease.acquireLease(15)
                        .then(input())
                        .then(put(name + "-output-" + i, content))
                        .then(index.deleteWithResponse(
                                null, new com.azure.storage.blob.models.BlobRequestConditions().setLeaseId(leaseId)))
                        .then(work.deleteMessage(message.getMessageId(), message.getPopReceipt())))
                .then();
    }

    private Mono<Void> input() {
        return read("plain-input");
    }

    private Mono<Void> output(String name, int i) {
        return read(name + "-output-" + i);
    }

    private Mono<Void> read(String name) {
        return blobs.getBlobAsyncClient(name)
                .downloadStreamWithResponse(new BlobRange(0, (long) PART_BYTES), null, null, false)
                .flatMapMany(answer -> answer.getValue())
                .then();
    }

    private Mono<Void> put(String name, BinaryData content) {
        return blobs.getBlobAsyncClient(name)
                .getBlockBlobAsyncClient()
                .upload(content, true)
                .then();
    }
}
