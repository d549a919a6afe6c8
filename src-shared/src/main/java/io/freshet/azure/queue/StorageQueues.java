package io.freshet.azure.queue;

import com.azure.core.util.BinaryData;
import com.azure.storage.queue.QueueAsyncClient;
import com.azure.storage.queue.QueueServiceAsyncClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.UpdateMessageResult;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The queues of one storage account; the client is created on first use. */
@Singleton
final class StorageQueues {
    private final Supplier<QueueServiceAsyncClient> account;
    private final AzureCalls calls;
    private @Nullable QueueServiceAsyncClient service;

    @Inject
    StorageQueues(StorageAccount account, AzureCalls calls) {
        this(account::queues, calls);
    }

    StorageQueues(Supplier<QueueServiceAsyncClient> account, AzureCalls calls) {
        this.account = account;
        this.calls = calls;
    }

    StorageQueue queue(String name, StorageQueue.Creation creation) {
        return new StorageQueue(service().getQueueAsyncClient(name), calls, creation);
    }

    private synchronized QueueServiceAsyncClient service() {
        if (service == null) {
            service = account.get();
        }
        return service;
    }

    /**
     * One queue of the account. If configured so, it is created when it turns out to be missing, also after it was
     * deleted.
     */
    static final class StorageQueue {
        /** The service's limit for the text of one message. */
        static final int MAX_BYTES = 64 * 1024;

        private final QueueAsyncClient client;
        private final AzureCalls calls;
        private final Creation creation;

        StorageQueue(QueueAsyncClient client, AzureCalls calls, Creation creation) {
            this.client = client;
            this.calls = calls;
            this.creation = creation;
        }

        String name() {
            return client.getQueueName();
        }

        Uni<List<QueueMessageItem>> receive(int max, Duration visibility) {
            return inQueue(() -> calls.call(
                    "GetMessages", () -> client.receiveMessages(max, visibility).collectList()));
        }

        /** @param timeToLive negative: for ever */
        Uni<Void> send(String text, Duration delay, Duration timeToLive) {
            return inQueue(() -> calls.call(
                            "PutMessage",
                            () -> client.sendMessageWithResponse(BinaryData.fromString(text), delay, timeToLive)))
                    .replaceWithVoid();
        }

        /** Hides the message for this long from now, in whole seconds, rounded up. Returns its new pop receipt. */
        Uni<String> hide(QueueMessageItem message, String receipt, Duration time) {
            Duration seconds = Duration.ofSeconds(time.plusNanos(999_999_999).toSeconds());
            return calls.call(
                            "UpdateMessage",
                            () -> client.updateMessage(message.getMessageId(), receipt, textOf(message), seconds))
                    .map(UpdateMessageResult::getPopReceipt);
        }

        Uni<Void> delete(QueueMessageItem message, String receipt) {
            return calls.call("DeleteMessage", () -> client.deleteMessage(message.getMessageId(), receipt));
        }

        static String textOf(QueueMessageItem message) {
            return message.getBody() == null ? "" : message.getBody().toString();
        }

        /** Whether the failure means that another consumer has the message, or that it is gone. */
        static boolean saysLost(Throwable failure) {
            return failure instanceof Permanent p
                    && (p.code() == FailureCode.NOT_FOUND || "PopReceiptMismatch".equals(AzureCalls.errorCode(p)));
        }

        /** A missing queue is noticed by the first call; checking beforehand would delay every start. */
        private <T> Uni<T> inQueue(Supplier<Uni<T>> call) {
            return call.get().onFailure(this::canCreate).recoverWithUni(() -> create().chain(call::get));
        }

        /** Creates the queue if it does not exist. */
        Uni<Void> create() {
            return calls.call("CreateQueue", client::createIfNotExists).replaceWithVoid();
        }

        /** Whether another try would fail in the same way. */
        static boolean isRefusal(Throwable failure) {
            return failure instanceof Permanent;
        }

        private boolean canCreate(Throwable failure) {
            return creation == Creation.IF_MISSING && FreshetException.is(failure, FailureCode.NOT_FOUND);
        }

        /** What to do about a queue that does not exist. */
        enum Creation {
            IF_MISSING,
            NEVER;

            static Creation wanted(Boolean create) {
                return create ? IF_MISSING : NEVER;
            }
        }
    }
}
