"""The words of the pages, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from onestop_core.text import Text

__all__ = ["WORDS"]

WORDS: Final = {
    "title": Text(vi="Báo cáo kiểm thử sự phù hợp", en="Conformance report"),
    "matrix": Text(vi="So sánh các báo cáo kiểm thử sự phù hợp", en="Conformance reports side by side"),
    "contents": Text(vi="Nội dung", en="Contents"),
    # Sections.
    "about": Text(vi="Thông tin chung", en="Who, what, when"),
    "areas": Text(vi="Theo lĩnh vực và phép tính", en="By area and operation"),
    "failures": Text(vi="Ca bắt buộc không đạt", en="Required cases that failed"),
    "declined": Text(vi="Câu hỏi không được trả lời", en="Questions that were declined"),
    "recommended": Text(vi="Ca khuyến nghị không đạt", en="Recommended cases that failed"),
    "disputed": Text(vi="Ca đang xem xét lại", en="Disputed cases"),
    "unsupported": Text(vi="Phép tính không hỗ trợ", en="Operations that are not supported"),
    "rules": Text(vi="Theo quy tắc", en="By rule"),
    "rules_section": Text(vi="Kết quả theo quy tắc", en="Results by rule"),
    "law": Text(vi="Theo điều khoản pháp luật", en="By article of law"),
    # Who, what, when.
    "implementation": Text(vi="Phần mềm được kiểm thử", en="Implementation"),
    "implementation_version": Text(vi="Phiên bản", en="Version"),
    "implementation_build": Text(vi="Bản dựng", en="Build"),
    "tables": Text(vi="Bảng pháp luật mà phần mềm dùng", en="Law tables that it works with"),
    "command": Text(vi="Lệnh khởi động", en="Command"),
    "made_at": Text(vi="Thời điểm kiểm thử", en="Tested"),
    "no_moment": Text(vi="không ghi", en="not told"),
    "runner": Text(vi="Chương trình kiểm thử", en="Runner"),
    "runner_version": Text(vi="Phiên bản chương trình kiểm thử", en="Version of the runner"),
    "runner_build": Text(vi="Bản dựng chương trình kiểm thử", en="Build of the runner"),
    "suite": Text(vi="Phiên bản bộ ca kiểm thử", en="Version of the suite"),
    "suite_digest": Text(vi="Mã băm bộ ca kiểm thử", en="Digest of the suite"),
    "tables_digest": Text(vi="Mã băm bảng pháp luật", en="Digest of the law tables"),
    "profile": Text(vi="Bộ yêu cầu", en="Profile"),
    "no_profile": Text(vi="không theo bộ yêu cầu nào", en="none"),
    "profile_digest": Text(vi="Mã băm bộ yêu cầu", en="Digest of the profile"),
    "demanded": Text(vi="Lĩnh vực được yêu cầu", en="Demanded"),
    "nothing": Text(vi="không có", en="nothing"),
    "seed": Text(vi="Số sinh ca kiểm thử mới", en="Seed of fresh cases"),
    "no_seed": Text(vi="không sinh ca mới, chỉ hỏi các ca đã công bố", en="none: published cases only"),
    "report_digest": Text(vi="Mã băm báo cáo", en="Digest of this report"),
    # Tables.
    "area": Text(vi="Lĩnh vực", en="Area"),
    "operation": Text(vi="Phép tính", en="Operation"),
    "rule": Text(vi="Quy tắc", en="Rule"),
    "ground": Text(vi="Căn cứ", en="Instrument, article"),
    "evidence": Text(vi="Độ chắc chắn", en="Evidence"),
    "verdict": Text(vi="Kết luận", en="Verdict"),
    "required_head": Text(vi="Bắt buộc", en="Required"),
    "recommended_head": Text(vi="Khuyến nghị", en="Recommended"),
    "passed": Text(vi="đạt", en="passed"),
    "failed": Text(vi="không đạt", en="failed"),
    "declined_head": Text(vi="không trả lời", en="declined"),
    "unsupported_head": Text(vi="không hỗ trợ", en="unsupported"),
    "not_asked": Text(vi="chưa hỏi", en="not asked"),
    "cases": Text(vi="Số ca", en="Cases"),
    # What the lists mean.
    "levels": Text(
        vi="Ca bắt buộc dựa trên văn bản đã đọc hoặc trên hệ thống đang vận hành của cơ quan nhà nước, và quyết định kết luận. Ca "
        "khuyến nghị chỉ để tham khảo. Phần mềm không trả lời một câu thuộc phép tính mà mình nhận thì phép tính đó chỉ "
        "phù hợp một phần; phép tính không nhận thì ghi là không hỗ trợ.",
        en="Required cases rest on law that was read or on what an official system does, and decide the verdict; recommended "
        "ones are for information. An operation of which a question was declined conforms in part only; one that "
        "the implementation does not take is unsupported.",
    ),
    "counted_each": Text(
        vi="Một ca được tính ở mỗi dòng mà ca đó chứng minh. Ca đang xem xét lại không được tính.",
        en="A case counts in every line that it proves. Disputed cases are not counted.",
    ),
    "failures_told": Text(
        vi="Mở từng ca để xem dữ liệu vào, câu trả lời đúng, câu trả lời của phần mềm và căn cứ.",
        en="Open a case for the question, the right answer, the answer that came, and the law.",
    ),
    "failures_none": Text(vi="Không có ca bắt buộc nào không đạt.", en="No required case failed."),
    "declined_told": Text(
        vi="Phần mềm nhận phép tính này nhưng không trả lời các câu sau. Không trả lời không phải là trả lời sai, nhưng phép "
        "tính chưa đầy đủ.",
        en="The implementation takes these operations, and did not answer these questions. That is no wrong answer, but the "
        "operation is not complete.",
    ),
    "recommended_told": Text(
        vi="Các ca này không ảnh hưởng đến kết luận: căn cứ yếu hơn, hoặc pháp luật để ngỏ nhiều cách làm.",
        en="No verdict depends on these: their evidence is weaker, or law leaves the choice.",
    ),
    "recommended_none": Text(vi="Không có ca khuyến nghị nào không đạt.", en="No recommended case failed."),
    "disputed_told": Text(
        vi="Câu trả lời đúng của các ca này đang được xem xét lại, nên kết quả không tính cho bên nào.",
        en="What these cases expect is disputed; they count neither for nor against anybody.",
    ),
    "unsupported_told": Text(
        vi="Phần mềm không nhận các phép tính này, nên không được hỏi.",
        en="The implementation does not take these operations, and was not asked.",
    ),
    # A case.
    "outcome": Text(vi="Kết quả", en="Outcome"),
    "input": Text(vi="Dữ liệu vào", en="Input"),
    "expected": Text(vi="Câu trả lời đúng", en="Expected"),
    "got": Text(vi="Câu trả lời nhận được", en="Got"),
    "no_answer": Text(vi="không có câu trả lời nào xét được", en="no answer that could be judged"),
    "refusal": Text(vi="từ chối, mã", en="refused with"),
    "any_refusal": Text(vi="từ chối, mã nào cũng được", en="refused, with whatever code"),
    "proved": Text(vi="Quy tắc", en="Rules"),
    "basis": Text(vi="Căn cứ", en="Basis"),
    "disputed_since": Text(vi="Xem xét lại từ", en="Disputed since"),
    "time": Text(vi="Thời gian trả lời", en="Time"),
    "again": Text(vi="Xem lại bằng lệnh", en="Look at it again"),
    "cut": Text(vi="… (phần còn lại có trong báo cáo JSON)", en="… (the rest is in the JSON report)"),
    # The foot.
    "not_law": Text(
        vi="Căn cứ không ghi “đã đọc văn bản” là chứng cứ yếu hơn văn bản, không phải luật.",
        en="A basis that is not marked “read” rests on evidence weaker than a text, and is no law.",
    ),
    "verify": Text(
        vi="Trang này in từ báo cáo JSON có cùng mã băm; ai có báo cáo đó và bộ ca kiểm thử đúng mã băm đều kiểm tra lại được.",
        en="This page is printed from the JSON report of the same digest; whoever has that report and the suite of that "
        "digest can check it.",
    ),
    "signed_by_tester": Text(vi="Người kiểm thử (ký, ghi rõ họ tên)", en="Tested by (name, signature)"),
    "signed_by_maker": Text(
        vi="Đại diện bên cung cấp phần mềm (ký, ghi rõ họ tên)", en="For the maker (name, signature)"
    ),
    # Several reports.
    "mark": Text(vi="Ký hiệu", en="Mark"),
    "reports": Text(vi="Các báo cáo", en="The reports"),
    "differences": Text(vi="Ca cho kết quả khác nhau", en="Cases that they answer differently"),
    "differences_told": Text(
        vi="Mỗi dòng là một ca mà ít nhất hai báo cáo cho kết quả khác nhau.",
        en="Each line is a case whose outcome differs between at least two reports.",
    ),
    "differences_none": Text(vi="Không có ca nào cho kết quả khác nhau.", en="No case came out differently."),
    "case": Text(vi="Ca", en="Case"),
    "level": Text(vi="Mức", en="Level"),
    "absent": Text(vi="không có", en="not there"),
    "shares": Text(
        vi="Số ca đạt trên tổng số: bắt buộc, rồi khuyến nghị nếu có.",
        en="Cases passed of all: the required ones, then the recommended ones if there are any.",
    ),
    "more": Text(vi="… và {} ca khác", en="… and {} more; --all shows them"),
    "suites_differ": Text(
        vi="Các báo cáo dùng bộ ca kiểm thử khác nhau: chỉ so sánh được những ca mà các báo cáo cùng có.",
        en="The reports come from different suites: only the cases that they share can be compared.",
    ),
    "tables_differ": Text(
        vi="Các báo cáo dùng bảng pháp luật khác nhau.", en="The reports come from different law tables."
    ),
    "profiles_differ": Text(
        vi="Các báo cáo theo những yêu cầu khác nhau: kết luận chung không so sánh được với nhau.",
        en="The reports answer different demands: their verdicts on the whole do not compare.",
    ),
    "seeds_differ": Text(
        vi="Các báo cáo sinh ca kiểm thử mới từ những số khác nhau.",
        en="The reports made their fresh cases from different seeds.",
    ),
}
