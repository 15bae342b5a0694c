import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * Kafka's own record code, asked line by line: `write CODEC COUNT BYTES` answers a batch, `read BATCH` its records, `hash KEY`
 * its murmur2, `marker COMMIT|ABORT EPOCH` a marker's batch. Bytes are in hexadecimal; an answer is one line.
 */
public class RecordsPeer {
  public static void main(String[] args) throws Exception {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      String answer;
      try {
        answer = answer(line.split(" "));
      } catch (Exception error) {
        answer = "error " + error;
      }
      System.out.println(answer);
    }
  }

  static String answer(String[] question) {
    switch (question[0]) {
      case "write":
        return write(question[1], Integer.parseInt(question[2]), Integer.parseInt(question[3]));
      case "read":
        return read(ByteBuffer.wrap(hex(question[1])));
      case "hash":
        return Integer.toString(Utils.murmur2(question.length < 2 ? new byte[0] : hex(question[1])));
      case "marker":
        return hex(MemoryRecords.withEndTransactionMarker(7, 1700000000000L, 3, 9000L, (short) 5,
            new EndTransactionMarker(ControlRecordType.valueOf(question[1]), Integer.parseInt(question[2]))).buffer());
      default:
        throw new IllegalArgumentException(question[0]);
    }
  }

  static String write(String codec, int count, int bytes) {
    List<SimpleRecord> records = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      byte[] value = new byte[bytes];
      for (int at = 0; at < bytes; at++) value[at] = (byte) (index % 7 == 0 ? at * at * 31 + index : at / 10 + index);
      Header[] headers = {new RecordHeader("trace", new byte[] {1, 2}), new RecordHeader("none", null)};
      byte[] key = index % 5 == 4 ? null : ("key-" + index).getBytes();
      records.add(new SimpleRecord(1700000000000L + index * 1000L, key, index % 6 == 5 ? null : value, index % 3 == 0 ? headers : Record.EMPTY_HEADERS));
    }
    return hex(MemoryRecords.withRecords(RecordBatch.MAGIC_VALUE_V2, 0, Compression.of(CompressionType.forName(codec)).build(),
        records.toArray(new SimpleRecord[0])).buffer());
  }

  static String read(ByteBuffer bytes) {
    StringBuilder out = new StringBuilder();
    for (RecordBatch batch : MemoryRecords.readableRecords(bytes).batches()) {
      batch.ensureValid();
      for (Record record : batch) {
        out.append(record.offset()).append(',').append(record.timestamp()).append(',').append(record.hasKey() ? hex(record.key()) : "null");
        out.append(',').append(record.hasValue() ? hex(record.value()) : "null").append(',').append(record.headers().length).append(';');
      }
    }
    return out.toString();
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  static String hex(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return HexFormat.of().formatHex(array);
  }
}
