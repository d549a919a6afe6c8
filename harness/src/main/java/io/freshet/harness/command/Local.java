package io.freshet.harness.command;

import io.freshet.harness.process.Ports;
import io.freshet.harness.service.Freshet;
import io.freshet.harness.service.Installation;
import io.freshet.harness.service.JvmOptions;
import io.freshet.harness.service.Packaging;
import io.freshet.harness.service.Service;
import io.freshet.harness.storage.Azurite;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A Freshet on this machine: where it listens, what it consists of. */
final class Local {
    private static final int DEFAULT_WORKERS = 2;
    private static final int MAX_WORKERS = 64;

    private final Context context;
    private final Wish wish;

    /**
     * What a command needs.
     *
     * @param ports well-known ones by the variables that move them; free ones where there is none
     * @param storage {@code blob}, {@code queue}, {@code table}
     * @param environment what the services are set by, beside the user's environment
     */
    record Wish(
            Map<String, Integer> ports,
            List<String> storage,
            Packaging packaging,
            Supervision.Workers workers,
            Map<String, String> environment) {

        /** For something that ends by itself. */
        static Wish passing(Packaging packaging) {
            return new Wish(Map.of(), List.of("blob", "queue"), packaging, Supervision.Workers.LOST, Map.of());
        }

        Wish with(Map<String, String> settings) {
            return new Wish(ports, storage, packaging, workers, settings);
        }
    }

    /** What was started, and where its parts are. */
    record Started(Running running, int gateway, int watcher, int storage) {}

    Local(Context context, Wish wish) {
        this.context = context;
        this.wish = wish;
    }

    /** As the environment asks. */
    static Packaging packaging(Settings settings) {
        if (settings.flag("NATIVE")) {
            return Packaging.NATIVE;
        }
        return settings.flag("AOT") ? Packaging.AOT : Packaging.JAR;
    }

    /** Starts it; it ends with the command. */
    Started start() {
        int workers = (int) context.settings().number("WORKERS", 1, MAX_WORKERS).orElse(DEFAULT_WORKERS);
        int gateway = port("GATEWAY_PORT", 1);
        int watcher = port("WATCHER_PORT", 1);
        int storage = port("AZURITE_PORT", Azurite.PORTS);
        Freshet freshet = freshet(storage);
        freshet.add("gateway", "gateway", gateway);
        freshet.add("watcher", "watcher", watcher);
        freshet.with("worker", workers);
        context.screen()
                .line("Starting Azurite, gateway, watcher and " + workers + " worker" + (workers > 1 ? "s" : "")
                        + " ...");
        Running running = start(freshet);
        return new Started(running, gateway, watcher, storage);
    }

    /** A gateway alone. */
    String startGateway() {
        Freshet freshet = freshet(Ports.free(Azurite.PORTS));
        Service gateway = freshet.add("gateway", "gateway", Ports.free());
        start(freshet);
        return gateway.url().toString();
    }

    Freshet freshet(int storagePort) {
        Azurite azurite = Azurite.apart(storagePort, wish.storage(), context.directory());
        Installation installation = new Installation(context.root(), module -> wish.packaging(), JvmOptions.PRODUCT);
        return new Freshet(azurite, context.directory(), installation, service -> wish.environment());
    }

    private Running start(Freshet freshet) {
        context.atTheEnd(freshet::stop);
        freshet.azurite().start();
        freshet.start();
        Supervision supervision = Supervision.of(freshet, context.screen(), wish.workers());
        context.atTheEnd(supervision::stopping);
        String url = freshet.service("gateway").url().toString();
        return new Running(url, supervision.broken(), supervision::killWorker);
    }

    private int port(String variable, int count) {
        OptionalLong asked = context.settings().port(variable);
        if (asked.isPresent()) {
            return Ports.wanted(variable, (int) asked.getAsLong(), count);
        }
        Integer known = wish.ports().get(variable);
        return known == null ? Ports.free(count) : Ports.wanted(variable, known, count);
    }
}
