package io.freshet.system.tour;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that a document shows, each with what it prints. Ids, times, speeds and counts of what is under way differ
 * from run to run, and {@code …} stands for what is left out: on a line of its own for any lines. All else is literal.
 */
final class Transcript {
    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    private static final String ID = "\\d{4}-\\d{2}-\\d{16,}|\\b[0-9a-f]{32}\\b";
    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z";
    private static final Pattern VARYING = Pattern.compile("(?<id>" + ID + ")|(?<time>" + TIME + ")"
            + "|(?<=\"(linesPerSecond|itemsPerSecond|progress|succeeded|active|parallelism)\":)(?<number>[\\d.]+)"
            + "|(?<lines>(?<=^|\n)…(?=\n|$))|(?<rest>…)");

    /** A command, and what is shown below it. */
    record Step(String command, String output) {}

    private final Map<String, String> actual = new HashMap<>();

    /** All that a part of a Markdown text shows. */
    static List<Step> steps(String markdown) {
        List<Step> steps = new ArrayList<>();
        BLOCK.matcher(markdown).results().forEach(block -> {
            for (String piece : ("\n" + block.group(1)).split("\n\\$ ", -1)) {
                Matcher command = Pattern.compile("(?:.*\\\\\n)*.*").matcher(piece);
                if (!piece.isBlank() && command.lookingAt()) {
                    steps.add(new Step(
                            command.group(), piece.substring(command.end()).strip()));
                }
            }
        });
        return steps;
    }

    /** From here on, this stands for what is shown. */
    Transcript reads(String shown, String really) {
        actual.put(shown, really);
        return this;
    }

    /** A shown text, with the addresses and ids that this run has. */
    String translated(String shown) {
        String text = shown;
        for (Map.Entry<String, String> entry : actual.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return text;
    }

    /** Whether a printed text is as shown; ids that are new in it are known from here on. */
    boolean accepts(String shown, String printed) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = Pattern.compile(expression(translated(shown), ids)).matcher(printed);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 0; i < ids.size(); i++) {
            learn(ids.get(i), matcher.group("id" + i));
        }
        return true;
    }

    /** A job's id is also a folder. */
    private void learn(String shown, String really) {
        reads(shown, really);
        if (shown.contains("-")) {
            reads(folder(shown), folder(really));
        }
    }

    private static String folder(String id) {
        return new StringBuilder(id).replace(7, 8, "/").toString();
    }

    private String expression(String text, List<String> ids) {
        StringBuilder expression = new StringBuilder();
        Matcher varying = VARYING.matcher(text);
        int end = 0;
        for (; varying.find(); end = varying.end()) {
            expression.append(Pattern.quote(text.substring(end, varying.start())));
            expression.append(varying.group("id") != null ? id(varying.group(), ids) : anyLike(varying));
        }
        return expression.append(Pattern.quote(text.substring(end))).toString();
    }

    private String id(String shown, List<String> ids) {
        if (actual.containsValue(shown)) {
            return Pattern.quote(shown);
        }
        int known = ids.indexOf(shown);
        if (known >= 0) {
            return "\\k<id" + known + ">";
        }
        ids.add(shown);
        return "(?<id" + (ids.size() - 1) + ">" + ID + ")";
    }

    private static String anyLike(Matcher varying) {
        if (varying.group("time") != null) {
            return TIME;
        }
        if (varying.group("number") != null) {
            return "\\d+(\\.\\d+)?(E\\d+)?";
        }
        return varying.group("lines") != null ? "(?s:.*)" : ".*";
    }
}
