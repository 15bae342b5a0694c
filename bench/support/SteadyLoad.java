import java.util.Arrays;
import java.util.Properties;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's producer, writing a record to every partition of a topic at a steady beat, with acks=all, while it keeps note of how long each
 * partition went without an acknowledgement. Arguments: bootstrap servers, topic, partitions, milliseconds of a beat, and settings
 * as key=value. `watch` on stdin begins anew; `report` prints a line: errors, acknowledgements, the longest silence of each partition since `watch`, the
 * present one with it, and the present one of each; milliseconds, divided by commas.
 */
public class SteadyLoad {
    private static final int RECORD_BYTES = 100;
    /** Nothing was acknowledged before the first acknowledgement: a silence longer than any that is waited for. */
    private static final long STARTING_NS = 3_600_000_000_000L;

    private static long[] lastNs;
    private static long[] longestNs;
    private static final AtomicInteger errors = new AtomicInteger();
    private static final AtomicLong acknowledgements = new AtomicLong();

    public static void main(String[] args) {
        int partitions = Integer.parseInt(args[2]);
        lastNs = new long[partitions];
        longestNs = new long[partitions];
        Arrays.fill(lastNs, System.nanoTime() - STARTING_NS);
        Thread orders = new Thread(SteadyLoad::takeOrders);
        orders.setDaemon(true);
        orders.start();
        write(args[0], args[1], partitions, Long.parseLong(args[3]) * 1_000_000, Arrays.copyOfRange(args, 4, args.length));
    }

    private static void write(String bootstrap, String topic, int partitions, long beatNs, String[] settings) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("acks", "all");
        for (String setting : settings) properties.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        byte[] key = {'k'};
        byte[] value = new byte[RECORD_BYTES];
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        for (long dueNs = System.nanoTime();; dueNs = Math.max(dueNs + beatNs, System.nanoTime())) {
            sleepUntil(dueNs);
            for (int partition = 0; partition < partitions; partition++) {
                int to = partition;
                producer.send(new ProducerRecord<>(topic, to, key, value), (metadata, failure) -> {
                    if (failure == null) acknowledged(to);
                    else errors.incrementAndGet();
                });
            }
        }
    }

    private static void sleepUntil(long dueNs) {
        try {
            long waitNs = dueNs - System.nanoTime();
            if (waitNs > 0) Thread.sleep(waitNs / 1_000_000, (int) (waitNs % 1_000_000));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void takeOrders() {
        Scanner lines = new Scanner(System.in);
        while (lines.hasNextLine()) {
            if (lines.nextLine().equals("watch")) watch();
            else System.out.println(report());
        }
        Runtime.getRuntime().halt(0);
    }

    private static synchronized void acknowledged(int partition) {
        acknowledgements.incrementAndGet();
        long nowNs = System.nanoTime();
        longestNs[partition] = Math.max(longestNs[partition], nowNs - lastNs[partition]);
        lastNs[partition] = nowNs;
    }

    /** A silence that has begun counts from where it began. */
    private static synchronized void watch() {
        Arrays.fill(longestNs, 0);
    }

    private static synchronized String report() {
        long nowNs = System.nanoTime();
        long[] presentNs = Arrays.stream(lastNs).map(last -> nowNs - last).toArray();
        long[] longest = new long[presentNs.length];
        for (int partition = 0; partition < longest.length; partition++)
            longest[partition] = Math.max(longestNs[partition], presentNs[partition]);
        return errors + " " + acknowledgements + " " + milliseconds(longest) + " " + milliseconds(presentNs);
    }

    private static String milliseconds(long[] ns) {
        return LongStream.of(ns).mapToObj(each -> String.valueOf(each / 1_000_000)).collect(Collectors.joining(","));
    }
}
