package io.freshet.harness.command;

import io.freshet.harness.bench.Bench;
import io.freshet.harness.bench.ClusterBench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** The benchmarks, on this machine or on a cluster. */
final class Benchmarks {
    private static final int MANY = 1_000_000;

    private Benchmarks() {}

    static void run(Context context) throws IOException {
        Optional<String> names = context.settings().text("BENCH");
        if (context.settings().flag("KUBE")) {
            int rounds = number(context, "ROUNDS", 5);
            new ClusterBench(values -> release(context, values), rounds, context.screen()::line)
                    .run(names, context.screen().out());
            return;
        }
        Bench bench = new Bench(
                context.root(), Files.createTempDirectory("freshet-bench-"), asked(context), context.screen()::line);
        context.atTheEnd(bench::stop);
        bench.run(names, context.screen().out());
    }

    private static Bench.Asked asked(Context context) {
        return new Bench.Asked() {
            @Override
            public Optional<String> text(String variable) {
                return context.settings().text(variable);
            }

            @Override
            public int number(String variable, int otherwise) {
                return Benchmarks.number(context, variable, otherwise);
            }
        };
    }

    private static int number(Context context, String variable, int otherwise) {
        return (int) context.settings().number(variable, 1, MANY).orElse(otherwise);
    }

    private static ClusterBench.Release release(Context context, List<String> values) {
        Release release = OnCluster.install(context, values);
        String gateway = release.gateway();
        return new ClusterBench.Release() {
            @Override
            public String gateway() {
                return gateway;
            }

            @Override
            public String watcherManagement() {
                return release.watcherManagement();
            }

            @Override
            public String kubectl(String... arguments) {
                return release.chart().kubectl(arguments);
            }

            @Override
            public void close() {
                release.remove();
            }
        };
    }
}
