package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.settings.Rule;
import io.freshet.settings.Setting;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the chart takes as a setting: what the service takes, as somebody may write it in YAML. */
final class SettingSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIGITS = "^[0-9]+$";
    private static final String BYTES = "^[0-9]+[BKMGTPEZYkmgtpezy]?$";
    private static final String DURATION = "^([Pp].+|[0-9]+(ms|[smhd])?)$";
    private static final String ADDRESS = "^(https?://.+)?$";

    private SettingSchema() {}

    static ObjectNode of(Setting setting) {
        ObjectNode schema = switch (setting.rule()) {
            case Rule.WholeNumber number -> wholeNumber(number);
            case Rule.Size size -> types("integer", "string").put("pattern", BYTES);
            case Rule.Span(Duration min) -> types("string").put("pattern", DURATION);
            case Rule.Words(List<String> words) -> oneOf(words);
            case Rule.Address() -> types("string").put("pattern", ADDRESS);
            case Rule.Written text -> written(text, setting.defaultValue().isEmpty());
            case Rule.Anything() -> types("string");
        };
        if (setting.defaultValue().isEmpty()) {
            return schema;
        }
        return setting.rule() instanceof Rule.WholeNumber
                ? schema.put("default", Integer.parseInt(setting.defaultValue()))
                : schema.put("default", setting.defaultValue());
    }

    private static ObjectNode wholeNumber(Rule.WholeNumber number) {
        ObjectNode schema = types("integer", "string").put("pattern", DIGITS).put("minimum", number.min());
        return number.max() == Integer.MAX_VALUE ? schema : schema.put("maximum", number.max());
    }

    /** What YAML takes for a truth value is meant, too. */
    private static ObjectNode oneOf(List<String> words) {
        Stream<JsonNode> texts = words.stream().map(JSON::valueToTree);
        Stream<JsonNode> truths = words.contains("true") || words.contains("on")
                ? Stream.of(true, false).map(JSON::valueToTree)
                : Stream.empty();
        ObjectNode schema = JSON.createObjectNode();
        Stream.concat(texts, truths).forEach(schema.withArray("enum")::add);
        return schema;
    }

    private static ObjectNode written(Rule.Written text, boolean orNothing) {
        boolean mayBeANumber = text.accepts("0.5") && !text.accepts("x");
        ObjectNode schema = mayBeANumber ? types("string", "number") : types("string");
        schema.put("pattern", "^(" + text.pattern() + (orNothing ? ")?$" : ")$"));
        if (text.shortest() > 1) {
            schema.put("minLength", text.shortest());
        }
        return text.longest() == Integer.MAX_VALUE ? schema : schema.put("maxLength", text.longest());
    }

    private static ObjectNode types(String... types) {
        ObjectNode schema = JSON.createObjectNode();
        if (types.length == 1) {
            return schema.put("type", types[0]);
        }
        Stream.of(types).forEach(schema.withArray("type")::add);
        return schema;
    }
}
