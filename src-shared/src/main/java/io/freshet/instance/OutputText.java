package io.freshet.instance;

/** What an instance shows as its output: JSON strings, in the words that clients of Durable Functions know. */
final class OutputText {
    private static final int FIRST_PRINTABLE = 0x20;

    private OutputText() {}

    static String orchestrationFailed(String name, String reason) {
        return "Orchestrator function '" + name + "' failed: " + reason;
    }

    static String functionFailed(String name, String function, String reason) {
        return orchestrationFailed(
                name,
                "The activity function '" + function + "' failed: \"" + reason
                        + "\". See the function execution logs for additional details.");
    }

    /** A JSON string. There is no JSON library in this package: the domain is pure Java. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(json, text.charAt(i));
        }
        return json.append('"').toString();
    }

    private static void append(StringBuilder json, char c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c < FIRST_PRINTABLE) {
            json.append(String.format("\\u%04x", (int) c));
        } else {
            json.append(c);
        }
    }
}
