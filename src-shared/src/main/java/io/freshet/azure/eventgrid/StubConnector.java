package io.freshet.azure.eventgrid;

import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.providers.helpers.MultiUtils;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

import java.util.concurrent.Flow;

/** Stub. */
@ApplicationScoped
@Connector("azure-eventgrid")
public class StubConnector implements OutboundConnector {
    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        return MultiUtils.via((Multi<Message<?>> m) ->
                m.onItem().call(msg -> io.smallrye.mutiny.Uni.createFrom().completionStage(msg.ack())));
    }
}
