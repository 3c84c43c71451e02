import Recording

/// Whether and where the frames of the market feed are recorded.
package struct RecorderChoice: Hashable, Sendable {
    package var isEnabled = false
    /// Empty for a folder beside the journal.
    package var folder = ""
    package var settings = RecordingSettings()
}

extension Configuration {
    /// Where the recorder writes; nil where nothing is recorded.
    package var recordingFolder: String? {
        guard recorder.isEnabled else { return nil }
        return recorder.folder.isEmpty ? stateFolder + "/recordings" : recorder.folder
    }

    mutating func readRecorder(_ reader: inout ConfigurationReader) {
        recorder.isEnabled = reader.flag("recorder.enabled", default: recorder.isEnabled)
        recorder.folder = reader.text("recorder.folder", default: recorder.folder)
        recorder.settings.segmentBytesMax = Int64(
            reader.whole(
                "recorder.segment_mib",
                in: 1...4_096,
                default: Int(recorder.settings.segmentBytesMax >> 20)
            ) << 20
        )
        recorder.settings.segmentMilliseconds = Int64(
            reader.whole(
                "recorder.segment_minutes",
                in: 1...1_440,
                default: Int(recorder.settings.segmentMilliseconds / 60_000)
            ) * 60_000
        )
        let days = Int((recorder.settings.retentionMilliseconds ?? 0) / 86_400_000)
        let kept = reader.whole("recorder.retention_days", in: 0...36_500, default: days)
        recorder.settings.retentionMilliseconds = kept == 0 ? nil : Int64(kept) * 86_400_000
        let size = Int((recorder.settings.retentionBytesMax ?? 0) >> 30)
        let most = reader.whole("recorder.retention_gib", in: 0...1_048_576, default: size)
        recorder.settings.retentionBytesMax = most == 0 ? nil : Int64(most) << 30
    }
}
