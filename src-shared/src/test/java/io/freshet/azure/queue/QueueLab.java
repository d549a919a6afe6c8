package io.freshet.azure.queue;

import com.azure.core.http.HttpClient;
import com.azure.core.util.BinaryData;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.queue.QueueAsyncClient;
import com.azure.storage.queue.QueueServiceAsyncClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.models.PeekedMessageItem;
import com.azure.storage.queue.models.QueueMessageItem;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.queue.OutgoingChannel.MessageText;
import io.freshet.harness.storage.Azurite;
import io.freshet.testing.Patience;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Channels as an application would configure them, and a look into the queues behind them. */
@Singleton
final class QueueLab {
    private final Vertx vertx;
    private final HttpClient http;
    private final AzureCalls calls;
    private final Instance<OpenTelemetry> telemetry;
    private final FailureStrategies strategies;
    private final MessageText text;
    private final MeterRegistry registry;
    private final List<IncomingChannel> opened = new CopyOnWriteArrayList<>();

    QueueLab(
            Vertx vertx,
            HttpClient http,
            AzureCalls calls,
            Instance<OpenTelemetry> telemetry,
            FailureStrategies strategies,
            MessageText text,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.http = http;
        this.calls = calls;
        this.telemetry = telemetry;
        this.strategies = strategies;
        this.text = text;
        this.registry = registry;
    }

    /** A new channel whose queue has its name. */
    IncomingChannel incoming(String channel, Map<String, String> attributes) {
        return incoming(channel, attributes, Azurite.shared().connectionString());
    }

    IncomingChannel incoming(String channel, Map<String, String> attributes, String connectionString) {
        IncomingChannel made = factory(connectionString)
                .incoming(new AzureStorageQueueConnectorIncomingConfiguration(config(channel, attributes)));
        opened.add(made);
        return made;
    }

    @PreDestroy
    void close() {
        opened.forEach(IncomingChannel::close);
    }

    OutgoingChannel outgoing(String channel, Map<String, String> attributes, String connectionString) {
        return factory(connectionString)
                .outgoing(new AzureStorageQueueConnectorOutgoingConfiguration(config(channel, attributes)), text);
    }

    @SuppressWarnings("unchecked")
    void send(OutgoingChannel channel, Message<?>... messages) {
        Multi.createFrom().items(messages).subscribe((Flow.Subscriber<Message<?>>) channel.subscriber());
    }

    void send(String channel, Map<String, String> attributes, Message<?>... messages) {
        send(outgoing(channel, attributes, Azurite.shared().connectionString()), messages);
    }

    static AssertSubscriber<Message<String>> consume(IncomingChannel channel, long demand) {
        AssertSubscriber<Message<String>> subscriber = AssertSubscriber.create(demand);
        channel.subscribe(subscriber);
        return subscriber;
    }

    /** The queue itself, behind the connector's back. */
    QueueAsyncClient raw(String queue) {
        return service(Azurite.shared().connectionString()).getQueueAsyncClient(queue);
    }

    void put(String queue, String... texts) {
        raw(queue).createIfNotExists().block(Patience.LIMIT);
        for (String t : texts) {
            raw(queue).sendMessage(BinaryData.fromString(t)).block(Patience.LIMIT);
        }
    }

    /** Texts that anyone could receive now. */
    List<String> visible(String queue) {
        raw(queue).createIfNotExists().block(Patience.LIMIT);
        return raw(queue)
                .peekMessages(32)
                .map(PeekedMessageItem::getBody)
                .map(BinaryData::toString)
                .collectList()
                .block(Patience.LIMIT);
    }

    /** Messages in the queue, hidden ones included. */
    long size(String queue) {
        return raw(queue).getProperties().block(Patience.LIMIT).getApproximateMessagesCountLong();
    }

    List<QueueMessageItem> take(String queue, Duration visibility) {
        return raw(queue).receiveMessages(32, visibility).collectList().block(Patience.LIMIT);
    }

    double counted(String channel, String result) {
        Counter counter = registry.find("freshet.queue.messages")
                .tags("channel", channel, "result", result)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private ChannelFactory factory(String connectionString) {
        return new ChannelFactory(
                vertx, new StorageQueues(() -> service(connectionString), calls), strategies, registry, telemetry);
    }

    private QueueServiceAsyncClient service(String connectionString) {
        return new QueueServiceClientBuilder()
                .httpClient(http)
                .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, 600, null, null, null))
                .connectionString(connectionString)
                .buildAsyncClient();
    }

    private static Config config(String channel, Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put("channel-name", channel);
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "channel " + channel, 100))
                .build();
    }
}
