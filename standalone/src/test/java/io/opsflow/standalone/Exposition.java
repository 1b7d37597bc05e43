package io.opsflow.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics that a process answers Prometheus with. */
record Exposition(List<Sample> samples) {

    record Sample(String name, Map<String, String> labels, double value) {}

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern OF_A_HISTOGRAM = Pattern.compile("(\\w+)_(bucket|count|sum|max)");

    static Exposition of(String text) {
        List<Sample> samples = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher sample = LINE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                String labels = sample.group(2) == null ? "" : sample.group(2);
                samples.add(new Sample(
                        sample.group(1),
                        LABEL.matcher(labels)
                                .results()
                                .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2))),
                        Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"))));
            }
        }
        return new Exposition(samples);
    }

    Set<String> names() {
        return new TreeSet<>(samples.stream().map(Sample::name).toList());
    }

    /** Those of ours, a histogram by the one name that all its samples begin with. */
    Set<String> ours() {
        Set<String> names = names();
        return new TreeSet<>(names.stream()
                .filter(name -> name.startsWith("opsflow_"))
                .map(name -> {
                    Matcher part = OF_A_HISTOGRAM.matcher(name);
                    return part.matches() && names.contains(part.group(1) + "_count") ? part.group(1) : name;
                })
                .toList());
    }

    /** The labels of a metric, but for those that make a histogram. */
    Set<String> labels(String ours) {
        Set<String> labels = new TreeSet<>();
        samples.stream()
                .filter(sample -> sample.name().equals(ours)
                        || sample.name().startsWith(ours + "_")
                                && OF_A_HISTOGRAM.matcher(sample.name()).matches()
                                && sample.name().lastIndexOf('_') == ours.length())
                .forEach(sample -> labels.addAll(sample.labels().keySet()));
        labels.remove("le");
        return labels;
    }

    /** Of the samples with these labels, among others; 0 where there are none. */
    double sum(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample ->
                        sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** The metrics that an expression of Prometheus asks for. */
    static List<String> metricsIn(String expression) {
        return Pattern.compile("\\b(opsflow|http_server|hikaricp|jvm|process|logback|system|tomcat)_\\w+")
                .matcher(expression.replaceAll("\"[^\"]*\"", ""))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
