package io.freshet.instance;

import java.util.List;

/** What a step is computed over: where its inputs come from, one work item each, numbered from 0 in this order. */
public sealed interface Inputs {

    /** Made by the engine, as the original's starter makes them; written window by window. */
    record Generated(int count) implements Inputs {
        public Generated {
            if (count < 0) {
                throw new IllegalArgumentException("A count of inputs is not negative: " + count);
            }
        }
    }

    /**
     * Given in a request, or by the step before.
     *
     * @param values JSON texts
     */
    record Given(List<String> values) implements Inputs {
        public Given {
            values = List.copyOf(values);
        }
    }

    /**
     * Streamed into storage by a client, one JSON text a line.
     *
     * @param blob name of the blob with the lines
     * @param count lines that are not empty
     */
    record Stored(String blob, int count) implements Inputs {}

    /**
     * Blobs that are there already.
     *
     * @param prefix container and beginning of the names, {@code container/path/}
     */
    record Existing(String prefix) implements Inputs {
        public Existing {
            if (prefix.indexOf('/') < 1) {
                throw new IllegalArgumentException(
                        "Inputs that are there are named by container and beginning, such as container/path/, not "
                                + prefix);
            }
        }

        public String container() {
            return prefix.substring(0, prefix.indexOf('/'));
        }

        /** Beginning of the names inside the container. */
        public String names() {
            return prefix.substring(prefix.indexOf('/') + 1);
        }
    }
}
